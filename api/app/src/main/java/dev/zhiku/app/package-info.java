/** The entry point of the program. */
@NullMarked
package dev.zhiku.app;

import org.jspecify.annotations.NullMarked;

/** The service: its main class. */
@NullMarked
package dev.zhiku.api;

import org.jspecify.annotations.NullMarked;

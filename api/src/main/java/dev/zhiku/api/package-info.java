/** The service: the main class and the one place where everything is constructed. */
@NullMarked
package dev.zhiku.api;

import org.jspecify.annotations.NullMarked;

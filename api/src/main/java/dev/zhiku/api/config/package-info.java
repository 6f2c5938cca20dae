/** Reading and checking the configuration at start. */
@NullMarked
package dev.zhiku.api.config;

import org.jspecify.annotations.NullMarked;

/**
 * Examples of what a program on the intranet does with Zhiku: ask, follow an answer as it is
 * written, upload a file.
 */
@NullMarked
package dev.zhiku.samples;

import org.jspecify.annotations.NullMarked;

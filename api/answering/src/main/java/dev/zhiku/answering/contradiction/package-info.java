/** Statements that a passage speaks against, although it holds nearly all of their words. */
@NullMarked
package dev.zhiku.answering.contradiction;

import org.jspecify.annotations.NullMarked;

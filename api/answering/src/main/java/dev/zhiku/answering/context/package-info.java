/** The passages of a prompt: which of those found stand in it, in which order, and under what. */
@NullMarked
package dev.zhiku.answering.context;

import org.jspecify.annotations.NullMarked;

/**
 * A model that goes wrong while it writes: repetition, leaks of the prompt, questions of its own.
 */
@NullMarked
package dev.zhiku.answering.watch;

import org.jspecify.annotations.NullMarked;

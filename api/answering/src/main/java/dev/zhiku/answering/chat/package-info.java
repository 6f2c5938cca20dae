/**
 * Chat backends as the answering core sees them: prompts, pieces of text, completions and failures.
 */
@NullMarked
package dev.zhiku.answering.chat;

import org.jspecify.annotations.NullMarked;

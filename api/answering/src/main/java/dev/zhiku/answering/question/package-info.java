/** The words of a question: its frame, its words and names, how rare they are, small talk. */
@NullMarked
package dev.zhiku.answering.question;

import org.jspecify.annotations.NullMarked;

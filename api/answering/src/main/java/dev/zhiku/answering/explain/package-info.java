/** Saying why a document was found for a question, or why it was not. */
@NullMarked
package dev.zhiku.answering.explain;

import org.jspecify.annotations.NullMarked;

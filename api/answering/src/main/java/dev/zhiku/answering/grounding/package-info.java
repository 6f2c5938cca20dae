/**
 * Evidence and citations: whether passages carry a question, and whether a statement stands in
 * them.
 */
@NullMarked
package dev.zhiku.answering.grounding;

import org.jspecify.annotations.NullMarked;

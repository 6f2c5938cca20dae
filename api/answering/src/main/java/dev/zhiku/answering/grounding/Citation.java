package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.ScoredPassage;

/**
 * A place where a statement of the answer can be checked. An answer that quotes two places of one
 * passage has two citations of the same number.
 *
 * @param number of the passage, as {@code [number]} in the answer
 * @param found the passage with its document
 * @param quote the words of the original that carry the statement
 * @param verified whether the statement stands word for word in the passage, white space aside
 */
public record Citation(int number, ScoredPassage found, String quote, boolean verified) {}

package dev.zhiku.answering.search;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;

/**
 * A passage that was found, with its document.
 *
 * @param score after fusion, higher is better; compares only within one retrieval
 * @param words its score in the list of words; 0 where it is not in it
 * @param similarity cosine with the question by its own embedder; 0 where it is not in that list
 */
public record ScoredPassage(
    Passage passage, DocumentMeta document, double score, double words, double similarity) {}

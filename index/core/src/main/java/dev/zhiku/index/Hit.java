package dev.zhiku.index;

import dev.zhiku.index.Passage.PassageId;

/**
 * A passage found by one ranked list.
 *
 * @param score as that list computes it, higher is better; compares only within the list
 */
public record Hit(PassageId passage, double score) {}

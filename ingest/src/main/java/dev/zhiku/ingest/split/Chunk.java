package dev.zhiku.ingest.split;

import dev.zhiku.index.Passage;

/**
 * A passage and the text that its vector is made of.
 *
 * @param embeddedText title and headings with the passage's text; never a file's name or path
 */
public record Chunk(Passage passage, String embeddedText) {}

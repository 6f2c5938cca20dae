package dev.zhiku.ingest.catalog;

import java.time.Instant;

/**
 * How far the slow round is that reads files again which look unchanged.
 *
 * @param path the last file that was read
 * @param startedAt when the round began
 * @param done nothing is left to read in it
 */
public record HashRound(String source, String path, Instant startedAt, boolean done) {}

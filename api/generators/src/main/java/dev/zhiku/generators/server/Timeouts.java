package dev.zhiku.generators.server;

import java.time.Duration;

/**
 * How long a model server may be silent.
 *
 * @param firstToken until the first piece; a model may have to be loaded
 * @param idle between two pieces
 */
public record Timeouts(Duration firstToken, Duration idle) {}

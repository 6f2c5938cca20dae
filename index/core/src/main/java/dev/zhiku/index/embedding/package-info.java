/**
 * Turning text into vectors: the {@link dev.zhiku.index.embedding.Embedder} contract and who embeds
 * what.
 */
@NullMarked
package dev.zhiku.index.embedding;

import org.jspecify.annotations.NullMarked;

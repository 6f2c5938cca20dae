/**
 * What Dify finds at {@code /retrieval}: each source as a knowledge base of its External Knowledge
 * API.
 */
@NullMarked
package dev.zhiku.server.dify;

import org.jspecify.annotations.NullMarked;

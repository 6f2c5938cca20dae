/**
 * What programs for Ollama find on a port of its own: the documents as models, asked by Ollama's
 * protocol. Models are neither fetched nor changed here.
 */
@NullMarked
package dev.zhiku.server.ollama;

import org.jspecify.annotations.NullMarked;

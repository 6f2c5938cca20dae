/** Models behind an Ollama server, by its own protocol. */
@NullMarked
package dev.zhiku.api.backend.ollama;

import org.jspecify.annotations.NullMarked;

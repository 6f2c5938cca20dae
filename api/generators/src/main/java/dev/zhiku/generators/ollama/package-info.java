/** Models behind an Ollama server, by its own protocol. */
@NullMarked
package dev.zhiku.generators.ollama;

import org.jspecify.annotations.NullMarked;

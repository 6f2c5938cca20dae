/**
 * A model in a GGUF file, run by java-llama.cpp in a child process. The only package that knows
 * {@code de.kherud}; only {@link dev.zhiku.generators.llamacpp.LlamaEngine} does, and only in the
 * child is it called.
 */
@NullMarked
package dev.zhiku.generators.llamacpp;

import org.jspecify.annotations.NullMarked;

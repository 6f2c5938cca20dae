/** Models behind any server that speaks OpenAI's protocol: vLLM, llama.cpp, LM Studio … */
@NullMarked
package dev.zhiku.generators.openai;

import org.jspecify.annotations.NullMarked;

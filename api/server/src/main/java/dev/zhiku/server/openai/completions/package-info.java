/** The oldest form of OpenAI's protocol: a prompt that is completed. */
@NullMarked
package dev.zhiku.server.openai.completions;

import org.jspecify.annotations.NullMarked;

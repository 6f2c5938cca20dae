/** {@code /v1/responses}: answers in the newer form of OpenAI's protocol. */
@NullMarked
package dev.zhiku.server.openai.responses;

import org.jspecify.annotations.NullMarked;

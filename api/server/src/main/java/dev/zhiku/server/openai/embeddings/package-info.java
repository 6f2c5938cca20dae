/** {@code /v1/embeddings}: the embedding models as a server of OpenAI's protocol. */
@NullMarked
package dev.zhiku.server.openai.embeddings;

import org.jspecify.annotations.NullMarked;

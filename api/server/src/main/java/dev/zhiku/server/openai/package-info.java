/**
 * What other programs find at {@code /v1}: the service as a server of OpenAI's protocol, whose
 * models are the documents.
 */
@NullMarked
package dev.zhiku.server.openai;

import org.jspecify.annotations.NullMarked;

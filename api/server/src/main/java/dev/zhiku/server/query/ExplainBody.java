package dev.zhiku.server.query;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A question and a document of which it is not understood why it was found, or not.
 *
 * @param question what is asked
 * @param document its id, path, path behind the name of its source and a colon, absolute path on
 *     the server, name, or a part of its path
 * @param topK passages that the answer may use, 1 to 20; 6 if absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "ExplainRequest")
record ExplainBody(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1) String question,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1) String document,
    @Nullable @Schema(minimum = "1", maximum = "20") Integer topK) {}

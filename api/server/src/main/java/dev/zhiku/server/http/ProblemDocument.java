package dev.zhiku.server.http;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The body of every error (RFC 9457), with a stable code and the way out.
 *
 * @param type a URN made of the code
 * @param title a few words, the same for every case of the code
 * @param status of the response
 * @param code stable and kebab-case
 * @param detail what happened, in the language of Accept-Language (zh, zh-Hant or en)
 * @param remedy what to do about it, in the same language
 */
@Schema(name = "Problem")
@Serdeable
public record ProblemDocument(
    String type,
    String title,
    int status,
    @Schema(
            type = "string",
            allowableValues = {
              "malformed-json",
              "malformed-request",
              "unknown-field",
              "value-out-of-range",
              "question-empty",
              "body-not-utf-8",
              "path-outside-source",
              "not-authenticated",
              "not-allowed",
              "origin-not-allowed",
              "host-not-allowed",
              "not-found",
              "document-not-found",
              "query-not-found",
              "source-not-found",
              "model-not-found",
              "client-not-found",
              "pull-not-found",
              "key-not-found",
              "conversation-not-found",
              "conversations-off",
              "person-not-found",
              "method-not-allowed",
              "not-acceptable",
              "document-exists",
              "path-taken",
              "model-exists",
              "model-in-use",
              "model-not-usable",
              "setting-not-found",
              "setting-refused",
              "setting-on-machine",
              "setting-locked",
              "no-previous-model",
              "pull-running",
              "keys-too-many",
              "conversations-not-kept",
              "conversation-limit",
              "person-exists",
              "persons-too-many",
              "rules-too-many",
              "access-changed",
              "source-exists",
              "source-configured",
              "source-at-rest",
              "invitation-ended",
              "upload-too-large",
              "body-too-large",
              "question-too-long",
              "unsupported-media-type",
              "range-not-satisfiable",
              "checksum-missing",
              "checksum-mismatch",
              "model-refused",
              "source-refused",
              "too-many-requests",
              "headers-too-large",
              "internal-error",
              "model-source-unavailable",
              "queue-full",
              "bodies-too-many",
              "shutting-down",
              "too-many-connections",
              "source-offline",
              "catalogue-unavailable",
              "embedder-away",
              "access-unavailable",
              "conversations-unavailable",
              "disk-full",
              "no-space-for-model"
            })
        String code,
    String detail,
    String remedy) {}

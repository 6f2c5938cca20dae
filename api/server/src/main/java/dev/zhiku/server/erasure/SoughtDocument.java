package dev.zhiku.server.erasure;

import dev.zhiku.index.DocumentId;
import dev.zhiku.server.audit.AuditEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A document that is looked for where it should not be any more.
 *
 * @param facts what it was; empty if the audit log does not say
 * @param erasedAt since when its words are gone from everywhere that is cleared; empty if they are
 *     not, or if the audit log does not say
 */
public record SoughtDocument(
    DocumentId id, Optional<AuditEvent.DocumentFacts> facts, Optional<Instant> erasedAt) {}

package dev.zhiku.server.identity;

import java.time.Instant;

/**
 * A change of who may do what, as it is kept.
 *
 * @param who name of the principal that made it
 * @param what was done, such as {@code key-revoked}
 * @param subject id of what it was done to
 * @param detail what it was done with, for people; no secret
 */
public record Change(Instant at, String who, String what, String subject, String detail) {}

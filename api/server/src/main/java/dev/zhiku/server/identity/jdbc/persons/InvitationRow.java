package dev.zhiku.server.identity.jdbc.persons;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code invitations}. */
@MappedEntity(value = "invitations", escape = false)
record InvitationRow(@Id String id, String personId, String hash, long createdMs, long endsMs) {}

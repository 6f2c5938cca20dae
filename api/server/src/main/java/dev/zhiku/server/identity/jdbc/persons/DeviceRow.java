package dev.zhiku.server.identity.jdbc.persons;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code devices}. */
@MappedEntity(value = "devices", escape = false)
record DeviceRow(
    @Id String id, String personId, String hash, String label, long createdMs, long usedMs) {}

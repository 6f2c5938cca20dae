package dev.zhiku.server.identity.jdbc;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code key_secrets}. */
@MappedEntity(value = "key_secrets", escape = false)
record SecretRow(@Id String id, String keyId, String hash, long createdMs, @Nullable Long endsMs) {}

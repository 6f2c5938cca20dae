package dev.zhiku.server.identity.jdbc.rules;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code access_rules}. */
@MappedEntity(value = "access_rules", escape = false)
record RuleRow(@Id int position, String subject, boolean allows, String source, String path) {}

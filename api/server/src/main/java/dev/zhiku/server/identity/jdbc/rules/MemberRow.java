package dev.zhiku.server.identity.jdbc.rules;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code access_group_members}. */
@MappedEntity(value = "access_group_members", escape = false)
record MemberRow(@Id int position, String groupName, String member) {}

/** Conversations in the service database. */
@NullMarked
package dev.zhiku.server.conversations.jdbc;

import org.jspecify.annotations.NullMarked;

/** The service's own database: keys, their use, persons, rules, and the changes of them. */
@NullMarked
package dev.zhiku.server.identity.jdbc;

import org.jspecify.annotations.NullMarked;

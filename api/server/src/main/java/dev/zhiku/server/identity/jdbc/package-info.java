/** The service's own database: keys, their use, and the changes of both. */
@NullMarked
package dev.zhiku.server.identity.jdbc;

import org.jspecify.annotations.NullMarked;

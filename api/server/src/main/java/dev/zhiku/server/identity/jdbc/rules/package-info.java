/** Rules of who may see what, and groups, in the service database. */
@NullMarked
package dev.zhiku.server.identity.jdbc.rules;

import org.jspecify.annotations.NullMarked;

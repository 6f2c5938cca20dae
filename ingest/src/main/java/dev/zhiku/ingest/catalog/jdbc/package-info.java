/** The catalogue on the {@code catalog} database; the only package of this module with SQL. */
@NullMarked
package dev.zhiku.ingest.catalog.jdbc;

import org.jspecify.annotations.NullMarked;

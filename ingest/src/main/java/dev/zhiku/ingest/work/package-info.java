/**
 * The workers and the commits: which file is next, what has become of it, and when it is durable.
 */
@NullMarked
package dev.zhiku.ingest.work;

import org.jspecify.annotations.NullMarked;

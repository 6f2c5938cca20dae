/** The comparison of catalogue and index, and its repair. */
@NullMarked
package dev.zhiku.ingest.reconcile;

import org.jspecify.annotations.NullMarked;

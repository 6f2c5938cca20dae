/**
 * The results that every part of the ingest speaks of: reasons, notes, and the fault points of
 * tests.
 */
@NullMarked
package dev.zhiku.ingest.outcome;

import org.jspecify.annotations.NullMarked;

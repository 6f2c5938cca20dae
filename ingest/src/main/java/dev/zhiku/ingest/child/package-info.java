/**
 * The supervisor of child processes: work that may hang, eat the heap or abort is done in a Java
 * process of its own, spoken to in length-framed messages over its pipes.
 */
@NullMarked
package dev.zhiku.ingest.child;

import org.jspecify.annotations.NullMarked;

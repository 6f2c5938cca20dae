/**
 * The parser child: readers of all formats behind one main class, and the extractor that asks it.
 */
@NullMarked
package dev.zhiku.ingest.extract.child;

import org.jspecify.annotations.NullMarked;

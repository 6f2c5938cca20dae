/** The knowledge about each document, and whether the index has it. */
@NullMarked
package dev.zhiku.ingest.catalog;

import org.jspecify.annotations.NullMarked;

/** Blocks of text become passages with their places. */
@NullMarked
package dev.zhiku.ingest.split;

import org.jspecify.annotations.NullMarked;

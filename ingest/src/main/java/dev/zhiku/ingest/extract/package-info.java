/** Files become blocks of text with their places. */
@NullMarked
package dev.zhiku.ingest.extract;

import org.jspecify.annotations.NullMarked;

/** The reader for the formats left to Apache Tika; the only package that imports it. */
@NullMarked
package dev.zhiku.ingest.extract.tika;

import org.jspecify.annotations.NullMarked;

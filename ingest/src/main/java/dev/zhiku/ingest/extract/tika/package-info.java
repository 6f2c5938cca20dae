/** What Apache Tika reads; the only package that imports it. */
@NullMarked
package dev.zhiku.ingest.extract.tika;

import org.jspecify.annotations.NullMarked;

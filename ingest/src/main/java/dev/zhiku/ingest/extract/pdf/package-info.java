/** PDF, page by page, with headings found by their size. */
@NullMarked
package dev.zhiku.ingest.extract.pdf;

import org.jspecify.annotations.NullMarked;

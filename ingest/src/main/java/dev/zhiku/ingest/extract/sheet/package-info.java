/** Excel workbooks, row by row, cited by cell range. */
@NullMarked
package dev.zhiku.ingest.extract.sheet;

import org.jspecify.annotations.NullMarked;

/** Plain text in any charset, and tables of separated values. */
@NullMarked
package dev.zhiku.ingest.extract.text;

import org.jspecify.annotations.NullMarked;

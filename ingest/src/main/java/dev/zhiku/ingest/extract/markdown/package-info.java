/** Markdown with tables and front matter, cited by line. */
@NullMarked
package dev.zhiku.ingest.extract.markdown;

import org.jspecify.annotations.NullMarked;

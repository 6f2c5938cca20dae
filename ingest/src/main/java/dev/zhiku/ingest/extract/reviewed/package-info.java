/** Text documents that people reviewed: accepted words only, comments as comments. */
@NullMarked
package dev.zhiku.ingest.extract.reviewed;

import org.jspecify.annotations.NullMarked;

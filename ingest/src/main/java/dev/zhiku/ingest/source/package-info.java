/** The sources of documents: watched folders and uploads. */
@NullMarked
package dev.zhiku.ingest.source;

import org.jspecify.annotations.NullMarked;

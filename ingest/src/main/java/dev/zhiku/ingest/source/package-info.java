/** Where documents come from: watched folders and uploads. */
@NullMarked
package dev.zhiku.ingest.source;

import org.jspecify.annotations.NullMarked;

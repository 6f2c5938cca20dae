/** ZIP archives, with names in any charset. */
@NullMarked
package dev.zhiku.ingest.extract.archive;

import org.jspecify.annotations.NullMarked;

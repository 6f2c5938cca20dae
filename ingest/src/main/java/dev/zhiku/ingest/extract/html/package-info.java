/** Web pages, without what surrounds their text. */
@NullMarked
package dev.zhiku.ingest.extract.html;

import org.jspecify.annotations.NullMarked;

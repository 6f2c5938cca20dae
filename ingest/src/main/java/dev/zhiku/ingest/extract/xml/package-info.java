/** XML as the text of its elements. */
@NullMarked
package dev.zhiku.ingest.extract.xml;

import org.jspecify.annotations.NullMarked;

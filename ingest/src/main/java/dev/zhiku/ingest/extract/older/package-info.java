/** Word documents and slide shows in the binary formats of 97 to 2003. */
@NullMarked
package dev.zhiku.ingest.extract.older;

import org.jspecify.annotations.NullMarked;

/** The list of documents, uploads, originals, progress. */
@NullMarked
package dev.zhiku.server.documents;

import org.jspecify.annotations.NullMarked;

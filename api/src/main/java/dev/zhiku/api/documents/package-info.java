/** The list of documents, uploads, originals, progress. */
@NullMarked
package dev.zhiku.api.documents;

import org.jspecify.annotations.NullMarked;

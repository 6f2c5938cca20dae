/** Vectors for other programs, by the models that the documents are found with. */
@NullMarked
package dev.zhiku.server.embedding;

import org.jspecify.annotations.NullMarked;

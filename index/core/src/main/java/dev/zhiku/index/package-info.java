/**
 * The project's vocabulary: passages, documents, and the one place where they are stored and found.
 */
@NullMarked
package dev.zhiku.index;

import org.jspecify.annotations.NullMarked;

/** The index on Lucene: the only package that knows it. */
@NullMarked
package dev.zhiku.index.lucene;

import org.jspecify.annotations.NullMarked;

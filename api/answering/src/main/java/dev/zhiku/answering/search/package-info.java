/** Finding the passages that answer a question: embed, search, fuse, choose, load. */
@NullMarked
package dev.zhiku.answering.search;

import org.jspecify.annotations.NullMarked;

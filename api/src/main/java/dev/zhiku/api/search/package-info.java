/** Finding the passages that answer a question: embed, search, fuse, choose, load. */
@NullMarked
package dev.zhiku.api.search;

import org.jspecify.annotations.NullMarked;

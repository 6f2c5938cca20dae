/** The library of language models: what there is, fetching and removing it, selecting one. */
@NullMarked
package dev.zhiku.api.library;

import org.jspecify.annotations.NullMarked;

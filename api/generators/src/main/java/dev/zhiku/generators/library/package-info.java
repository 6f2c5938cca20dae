/** The library of language models: what there is, fetching and removing it, selecting one. */
@NullMarked
package dev.zhiku.generators.library;

import org.jspecify.annotations.NullMarked;

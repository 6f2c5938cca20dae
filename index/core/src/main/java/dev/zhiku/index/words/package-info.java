/** Texts as the words they are found by: pure functions, the same for what is stored and asked. */
@NullMarked
package dev.zhiku.index.words;

import org.jspecify.annotations.NullMarked;

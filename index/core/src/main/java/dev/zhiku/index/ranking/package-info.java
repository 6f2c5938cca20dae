/** From several ranked lists to one short one: pure functions, no I/O. */
@NullMarked
package dev.zhiku.index.ranking;

import org.jspecify.annotations.NullMarked;

/** Settings of who writes answers and of who embeds texts. */
@NullMarked
package dev.zhiku.generators;

import org.jspecify.annotations.NullMarked;

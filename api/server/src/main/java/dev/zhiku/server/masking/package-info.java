/** Whom something is covered from. */
@NullMarked
package dev.zhiku.server.masking;

import org.jspecify.annotations.NullMarked;

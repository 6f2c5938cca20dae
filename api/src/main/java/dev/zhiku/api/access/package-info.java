/** Who asks, and what they may see. */
@NullMarked
package dev.zhiku.api.access;

import org.jspecify.annotations.NullMarked;

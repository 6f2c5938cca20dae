/** Who asks, and what they may see. */
@NullMarked
package dev.zhiku.server.access;

import org.jspecify.annotations.NullMarked;

/** Asking from pages of the intranet, in a frame that they show. */
@NullMarked
package dev.zhiku.server.embed;

import org.jspecify.annotations.NullMarked;

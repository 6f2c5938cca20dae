/** A page without scripts that asks and shows passages, for browsers that cannot run the page. */
@NullMarked
package dev.zhiku.server.plain;

import org.jspecify.annotations.NullMarked;

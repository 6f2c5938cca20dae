/** Who may ask at all: keys with their roles, limits and use, and who changed them. */
@NullMarked
package dev.zhiku.server.identity;

import org.jspecify.annotations.NullMarked;

/** Routes for those who administer and audit keys. */
@NullMarked
package dev.zhiku.server.keys;

import org.jspecify.annotations.NullMarked;

/** The record of who did what: appended to, chained by hashes, verified, searched and cut. */
@NullMarked
package dev.zhiku.server.audit;

import org.jspecify.annotations.NullMarked;

/** The service as a black box: a process of its own, spoken to over HTTP alone. */
@NullMarked
package dev.zhiku.app.testing;

import org.jspecify.annotations.NullMarked;

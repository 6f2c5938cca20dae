/** The service, put together by hand: who opens what, in which order, and who closes it. */
@NullMarked
package dev.zhiku.api.wiring;

import org.jspecify.annotations.NullMarked;

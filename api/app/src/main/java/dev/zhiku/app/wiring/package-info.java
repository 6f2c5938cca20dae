/** The service, put together by hand: who opens what, in which order, and who closes it. */
@NullMarked
package dev.zhiku.app.wiring;

import org.jspecify.annotations.NullMarked;

/** Questions become answers with citations: the service, its events and the port to generators. */
@NullMarked
package dev.zhiku.api.answer;

import org.jspecify.annotations.NullMarked;

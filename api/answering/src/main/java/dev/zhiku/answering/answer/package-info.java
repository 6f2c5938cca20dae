/** Questions become answers with citations: the service, its events and the port to generators. */
@NullMarked
package dev.zhiku.answering.answer;

import org.jspecify.annotations.NullMarked;

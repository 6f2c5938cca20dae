/** Conversations kept by the service: whose they are, their limits, and where they lie. */
@NullMarked
package dev.zhiku.server.conversations;

import org.jspecify.annotations.NullMarked;

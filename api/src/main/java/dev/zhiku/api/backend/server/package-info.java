/** What all model servers share: one address, streams with limits, an eye on whether they live. */
@NullMarked
package dev.zhiku.api.backend.server;

import org.jspecify.annotations.NullMarked;

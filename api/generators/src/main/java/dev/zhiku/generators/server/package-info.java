/** What all model servers share: one address, streams with limits, an eye on whether they live. */
@NullMarked
package dev.zhiku.generators.server;

import org.jspecify.annotations.NullMarked;

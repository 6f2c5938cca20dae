/** Settings of the service that administrators change while it runs. */
@NullMarked
package dev.zhiku.server.settings;

import org.jspecify.annotations.NullMarked;

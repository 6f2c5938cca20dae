/** Word that goes to whoever looks after the service when something is not as it should be. */
@NullMarked
package dev.zhiku.server.alarm;

import org.jspecify.annotations.NullMarked;

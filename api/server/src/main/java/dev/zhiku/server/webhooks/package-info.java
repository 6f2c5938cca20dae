/** What happens in the service, told to another program by signed requests. */
@NullMarked
package dev.zhiku.server.webhooks;

import org.jspecify.annotations.NullMarked;

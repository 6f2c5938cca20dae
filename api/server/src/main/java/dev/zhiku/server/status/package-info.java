/**
 * How the service is: its counts, its health, its meters, the description of its interface. A
 * package of its own because it looks at every other part and none looks at it.
 */
@NullMarked
package dev.zhiku.server.status;

import org.jspecify.annotations.NullMarked;

/** What the HTTP server needs of the rest of the service, in one typed record. */
@NullMarked
package dev.zhiku.server;

import org.jspecify.annotations.NullMarked;

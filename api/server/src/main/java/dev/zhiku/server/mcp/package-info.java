/**
 * What agents find at {@code /mcp}: the service as a server of the Model Context Protocol, whose
 * tools search, ask and read.
 */
@NullMarked
package dev.zhiku.server.mcp;

import org.jspecify.annotations.NullMarked;

/** The command line: what {@code ./zhiku} understands. Talks to a running service over HTTP. */
@NullMarked
package dev.zhiku.app.command;

import org.jspecify.annotations.NullMarked;

/** Backups: one file with everything that a data folder holds and nobody can make again. */
@NullMarked
package dev.zhiku.server.backup;

import org.jspecify.annotations.NullMarked;

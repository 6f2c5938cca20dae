/** What must be true before the service runs: its data folder is its own, its code says why not. */
@NullMarked
package dev.zhiku.app.start;

import org.jspecify.annotations.NullMarked;

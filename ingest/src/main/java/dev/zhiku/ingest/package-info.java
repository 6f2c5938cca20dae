/** Files become passages: what is read, what comes of it, and why not where it fails. */
@NullMarked
package dev.zhiku.ingest;

import org.jspecify.annotations.NullMarked;

/**
 * What is wrong with the disk, the index and the catalogue, for everybody who has to act on it or
 * to tell of it.
 */
@NullMarked
package dev.zhiku.ingest.health;

import org.jspecify.annotations.NullMarked;

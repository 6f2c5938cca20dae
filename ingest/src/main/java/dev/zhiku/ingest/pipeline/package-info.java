/** The way of one file: copied, extracted, split, embedded and stored. */
@NullMarked
package dev.zhiku.ingest.pipeline;

import org.jspecify.annotations.NullMarked;

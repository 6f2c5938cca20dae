/** The ingest as a whole: it starts, stops and watches over all the other parts. */
@NullMarked
package dev.zhiku.ingest.service;

import org.jspecify.annotations.NullMarked;

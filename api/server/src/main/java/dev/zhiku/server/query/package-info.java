/**
 * The route POST /query: questions read from JSON, answers written as JSON or as an event stream.
 */
@NullMarked
package dev.zhiku.server.query;

import org.jspecify.annotations.NullMarked;

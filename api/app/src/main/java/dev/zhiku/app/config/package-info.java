/**
 * Reading and checking the configuration at start: every {@code zhiku.*} key has a record component
 * that takes it, or the start stops with all problems listed.
 */
@NullMarked
package dev.zhiku.app.config;

import org.jspecify.annotations.NullMarked;

/**
 * What the clients of the service are given: addresses, settings, steps, and how they are tried.
 */
@NullMarked
package dev.zhiku.server.connect;

import org.jspecify.annotations.NullMarked;

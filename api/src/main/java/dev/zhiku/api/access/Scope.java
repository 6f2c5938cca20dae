package dev.zhiku.api.access;

import dev.zhiku.index.Filter;

/**
 * Who asks, and which documents they may see. Made at the HTTP edge for each request; everything
 * that reads documents takes it.
 *
 * @param principal name of the asker, for limits and the audit; never shown to others
 * @param visible acts inside every query, before ranking, caches and counts
 */
public record Scope(String principal, Filter visible) {
  /** The asker on a machine where everything is open. */
  public static final Scope LOCAL = new Scope("local", new Filter.All());
}

package dev.zhiku.answering.search;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.index.Filter;

/**
 * Who asks, and which documents they may see. Made at the HTTP edge for each request; everything
 * that reads documents takes it.
 *
 * @param principal the asker, for limits and the audit; never shown to others
 * @param administers whether the asker may change the service, and see where on the server
 *     something lies
 * @param client address of the asker's machine, which shares turns with the others; empty if there
 *     is none
 * @param visible acts inside every query, before ranking, caches and counts
 * @param masking covers what the asker is not to see in what he may see
 */
public record Scope(
    Principal principal, boolean administers, String client, Filter visible, Masking masking) {
  /** The asker on a machine where everything is open. */
  public static final Scope LOCAL = new Scope(Principal.MACHINE, true, "", new Filter.All());

  /** An asker from whom nothing is covered. */
  public Scope(Principal principal, boolean administers, String client, Filter visible) {
    this(principal, administers, client, visible, Masking.NONE);
  }

  /** Whether the asker may know of a source: he may see something in it. */
  public boolean seesSource(String name) {
    return visible.reaches(name);
  }

  /** Whether nothing is hidden from the asker. */
  public boolean seesEverything() {
    return visible.equals(new Filter.All());
  }

  /** Whether the asker may see where on the server something lies: readers need not know. */
  public boolean seesServerPaths() {
    return administers;
  }
}

package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where keys, their changes and what askers used are kept. Thread-safe. Every method throws {@link
 * Problem} {@code access-unavailable} if that cannot be done now; then nothing was changed, or it
 * was and is read back as such.
 */
public interface KeyStore {
  /** All keys ever made, oldest first. */
  List<NamedKey> keys();

  /** Keeps a key as it is now, and the change that made it so; on return it outlives a crash. */
  void save(NamedKey key, Change change);

  /** Keeps a change that made no key another; on return it outlives a crash. */
  void note(Change change);

  /** The changes of the name {@link SeenKeys#WHAT}, oldest first. */
  List<Change> sightings();

  /** What askers used, by the names of their principals; who never asked is left out. */
  Map<String, Usage> usage();

  /**
   * Adds to what askers used.
   *
   * @param forgotten those whose use is kept no longer
   */
  void addUsage(Map<String, Usage> used, Set<String> forgotten);

  /**
   * The last changes, newest first.
   *
   * @param most of them
   */
  List<Change> changes(int most);
}

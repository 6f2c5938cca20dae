package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * Where keys, their use and the changes of both are kept. Thread-safe. Every method throws {@link
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

  /** What keys were used for, by their ids; those never used are left out. */
  Map<String, Usage> usage();

  /** Adds to what keys were used for. */
  void addUsage(Map<String, Usage> used);

  /**
   * The last changes, newest first.
   *
   * @param most of them
   */
  List<Change> changes(int most);
}

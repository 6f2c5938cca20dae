package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import java.time.Instant;
import java.util.List;

/**
 * Where persons are kept, and the changes of them. Thread-safe. Every method throws {@link Problem}
 * {@code access-unavailable} if that cannot be done now; then nothing was changed, or it was and is
 * read back as such.
 */
public interface PersonStore {
  /** All persons there ever were, oldest first. */
  List<Person> persons();

  /**
   * Keeps a person as he is now, and the change that made him so; on return it outlives a crash.
   */
  void save(Person person, Change change);

  /** Keeps when a device was used; one that is not there any more is left alone. */
  void used(String deviceId, Instant at);
}

package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * Where rules and groups are kept, and all changes of who may do and see what. Thread-safe. Every
 * method throws {@link Problem} {@code access-unavailable} if that cannot be done now; then nothing
 * was changed, or it was and is read back as such.
 */
public interface AccessStore {
  /**
   * Rules and groups at one time.
   *
   * @param rules in the order in which they were given
   * @param groups names of the members, by the name of the group
   */
  record State(List<AccessRule> rules, Map<String, List<String>> groups) {
    public State {
      rules = List.copyOf(rules);
      groups = Map.copyOf(groups);
    }
  }

  /** Rules and groups as they are. */
  State state();

  /** Keeps a state in place of the one before, and the changes; on return it outlives a crash. */
  void save(State state, List<Change> changes);

  /**
   * The last changes of keys, persons, rules and groups, newest first.
   *
   * @param most of them
   */
  List<Change> changes(int most);
}

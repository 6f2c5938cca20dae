package dev.zhiku.answering.answer;

import dev.zhiku.answering.search.Scope;
import java.util.List;

/**
 * The warnings that hold for every answer at present, such as that a source is offline or the index
 * is being rebuilt. Thread-safe.
 */
@FunctionalInterface
public interface StandingWarnings {
  /** Nothing to warn of. */
  StandingWarnings NONE = asker -> List.of();

  /**
   * Those of this moment that an asker may know of. Throws nothing, for no warning is worth an
   * answer.
   */
  List<Warning> now(Scope asker);
}

package dev.zhiku.server.status;

import dev.zhiku.index.message.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What only the one who starts the service knows.
 *
 * @param version of the service
 * @param generations of the index, as they are now
 * @param wordProblems what is wrong with the administrator's words, by the number of the line
 */
public record ServiceFacts(
    String version, Supplier<Generations> generations, Supplier<List<Phrase>> wordProblems) {
  /**
   * Names of index generations.
   *
   * @param current the one that answers
   * @param building the one that is made anew beside it
   */
  public record Generations(String current, Optional<String> building) {}
}

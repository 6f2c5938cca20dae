package dev.zhiku.answering.grounding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Words that only join what a sentence says: particles, auxiliaries, pronouns, prepositions and
 * denials; of Chinese, their characters. They are in one file a language. Whether a sentence denies
 * is judged apart from its words. Pure.
 */
final class GrammarWords {
  private static final List<String> FILES = List.of("grammar_zh.txt", "grammar_en.txt");

  private static final Set<String> ALL = all();

  private GrammarWords() {}

  /** The words that say something; all of them where none does. */
  static List<String> without(List<String> words) {
    List<String> saying = words.stream().filter(word -> !ALL.contains(word)).toList();
    return saying.isEmpty() ? words : saying;
  }

  private static Set<String> all() {
    Set<String> words = new HashSet<>();
    for (String file : FILES) {
      lines(file).stream()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> words.addAll(List.of(line.split(" ", -1))));
    }
    return Set.copyOf(words);
  }

  private static List<String> lines(String file) {
    try (InputStream stream =
            Objects.requireNonNull(GrammarWords.class.getResourceAsStream(file), file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

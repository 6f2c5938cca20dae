package dev.zhiku.answering.search;

import dev.zhiku.index.words.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The phrases of a question that stand in quotation marks: what is found must hold them word for
 * word. Case, width, white space and traditional characters make no difference. Immutable.
 *
 * @param phrases as they were asked
 */
record AskedPhrases(List<String> phrases) {
  /** Longer quotations are texts that somebody pasted, in characters. */
  private static final int LONGEST = 80;

  private static final Pattern QUOTED =
      Pattern.compile(
          "\"([^\"\\n]{2,80})\"|“([^”\\n]{2,80})”|「([^」\\n]{2,80})」|『([^』\\n]{2,80})』|«([^»\\n]{2,80})»");

  AskedPhrases {
    phrases = List.copyOf(phrases);
  }

  /** Those of a question; none where all of it is quoted. */
  static AskedPhrases of(String question) {
    List<String> phrases =
        QUOTED
            .matcher(question)
            .results()
            .map(AskedPhrases::content)
            .filter(phrase -> phrase.length() <= LONGEST && !plain(phrase).isEmpty())
            .distinct()
            .toList();
    return new AskedPhrases(phrases);
  }

  private static String content(MatchResult found) {
    return IntStream.rangeClosed(1, found.groupCount())
        .mapToObj(found::group)
        .map(Optional::ofNullable)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("")
        .strip();
  }

  boolean isEmpty() {
    return phrases.isEmpty();
  }

  /** Those passages that hold all phrases; where none does, those that hold one. */
  List<ScoredPassage> in(List<ScoredPassage> found) {
    List<ScoredPassage> all = new ArrayList<>();
    List<ScoredPassage> some = new ArrayList<>();
    for (ScoredPassage passage : found) {
      String text = textOf(passage);
      long held = phrases.stream().filter(phrase -> text.contains(plain(phrase))).count();
      if (held == phrases.size()) {
        all.add(passage);
      } else if (held > 0) {
        some.add(passage);
      }
    }
    return all.isEmpty() ? some : all;
  }

  /** The phrases that stand in none of the passages. */
  List<String> missingIn(List<ScoredPassage> found) {
    List<String> texts = found.stream().map(AskedPhrases::textOf).toList();
    return phrases.stream()
        .filter(phrase -> texts.stream().noneMatch(text -> text.contains(plain(phrase))))
        .toList();
  }

  private static String textOf(ScoredPassage found) {
    return plain(
        CitationLocation.title(found.document(), found.passage().location())
            + "\n"
            + found.passage().text());
  }

  private static String plain(String text) {
    return SearchText.normalize(text).replaceAll("\\s+", "");
  }
}

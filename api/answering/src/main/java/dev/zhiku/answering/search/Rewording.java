package dev.zhiku.answering.search;

import dev.zhiku.answering.lexicon.Lexicon;
import dev.zhiku.answering.question.GeneralRarity;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.WordRarity;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts a question in the words of what was found: other words for the same, and the spelling of
 * what was mistyped. A word is taken for mistyped only if it stands nowhere, is no word of the
 * language, and one that was found differs by a letter or two. Pure but for the index.
 */
final class Rewording {
  /** A shorter word is as near to many others, in letters. */
  private static final int LEAST_LETTERS = 5;

  /** From here on two letters may be wrong. */
  private static final int LONG = 8;

  private final Lexicon lexicon;
  private final Snapshot snapshot;
  private final Filter visible;

  Rewording(Lexicon lexicon, Snapshot snapshot, Filter visible) {
    this.lexicon = lexicon;
    this.snapshot = snapshot;
    this.visible = visible;
  }

  /** The question as it is where the documents have no other words for it. */
  String of(String asked, List<ScoredPassage> found) throws InterruptedException {
    List<String> texts =
        found.stream()
            .map(
                one ->
                    CitationLocation.title(one.document(), one.passage().location())
                        + "\n"
                        + one.passage().text())
            .toList();
    return spelled(lexicon.inWordsOf(asked, texts), texts);
  }

  private String spelled(String question, List<String> texts) throws InterruptedException {
    Set<String> strange = new LinkedHashSet<>();
    for (String form : Words.of(question).forms()) {
      if (isWord(form) && GeneralRarity.of(stem(form)) >= 1) {
        strange.add(form);
      }
    }
    if (strange.isEmpty()) {
      return question;
    }
    Set<String> stems = new HashSet<>();
    strange.forEach(form -> stems.add(stem(form)));
    WordRarity rarity = snapshot.rarity(stems, visible);
    String spelled = question;
    for (String form : strange) {
      Optional<String> right = rarity.isHeld(stem(form)) ? Optional.empty() : nearest(form, texts);
      if (right.isPresent()) {
        spelled =
            Pattern.compile("(?<![a-z0-9])" + form + "(?![a-z0-9])")
                .matcher(SearchText.normalize(spelled))
                .replaceAll(right.get());
      }
    }
    return spelled;
  }

  private static boolean isWord(String form) {
    return form.length() >= LEAST_LETTERS && form.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private static String stem(String form) {
    List<String> terms = Words.of(form).terms();
    return terms.isEmpty() ? form : terms.getFirst();
  }

  private static Optional<String> nearest(String form, List<String> texts) {
    int allowed = form.length() >= LONG ? 2 : 1;
    return texts.stream()
        .flatMap(text -> Words.of(text).forms().stream())
        .filter(other -> isWord(other) && other.charAt(0) == form.charAt(0))
        .filter(other -> Math.abs(other.length() - form.length()) <= allowed)
        .distinct()
        .filter(other -> SpellingDistance.of(form, other) <= allowed)
        .min(Comparator.comparingInt(other -> SpellingDistance.of(form, other)));
  }
}

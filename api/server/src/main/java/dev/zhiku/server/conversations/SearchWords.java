package dev.zhiku.server.conversations;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words of a search and the text they are looked for in, both folded alike. Pure. */
public final class SearchWords {
  /** Most words in one search. */
  public static final int MOST = 8;

  private SearchWords() {}

  /** The text with widths, case and spaces made alike. */
  public static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ");
  }

  /** The words of a search, folded; empty where it has none. */
  public static List<String> of(String search) {
    return Stream.of(fold(search).split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}

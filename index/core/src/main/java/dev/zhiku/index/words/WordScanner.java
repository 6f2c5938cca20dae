package dev.zhiku.index.words;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Walks once over a normalised text and collects its words. Used by one thread, once. */
final class WordScanner {
  /** Scripts that put no space between words. */
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /**
   * Characters that may stand between the parts of a compound: AB-1203/4, a.b@example.com, v2.3.1.
   */
  private static final String CONNECTORS = "-_./@:+#&\\";

  private static final String APOSTROPHES = "'\u2019";
  private static final int PROLONGED_SOUND_MARK = 0x30FC;

  /** Letters beside a number that are a word of their own; a single one is the number's unit. */
  private static final int LEAST_LETTERS = 2;

  private final String text;
  private final List<String> terms = new ArrayList<>();
  private final List<String> forms = new ArrayList<>();
  private final List<String> characters = new ArrayList<>();
  private final Stems stems = new Stems();
  private int at;

  WordScanner(String normalized) {
    text = normalized;
  }

  Words scan() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isUnspaced(c)) {
        unspacedRun();
      } else if (isWordPart(c)) {
        compound();
      } else {
        at += Character.charCount(c);
      }
    }
    terms.addAll(ArticleNumbers.in(text));
    return new Words(terms, forms, characters);
  }

  /** A run of ideographs gives each neighbouring pair; a lonely one stands for itself. */
  private void unspacedRun() {
    String previous = "";
    int length = 0;
    while (at < text.length() && isUnspaced(text.codePointAt(at))) {
      String character = Character.toString(text.codePointAt(at));
      characters.add(character);
      if (!previous.isEmpty()) {
        terms.add(previous + character);
      }
      previous = character;
      length++;
      at += character.length();
    }
    if (length == 1) {
      terms.add(previous);
    }
  }

  private void compound() {
    int start = at;
    List<String> parts = new ArrayList<>();
    parts.add(part());
    while (at + 1 < text.length()
        && CONNECTORS.indexOf(text.charAt(at)) >= 0
        && isWordPart(text.codePointAt(at + 1))) {
      at++;
      parts.add(part());
    }
    parts.forEach(this::addPart);
    if (parts.size() > 1) {
      addWhole(text.substring(start, at));
    } else if (endsLikeALanguage()) {
      addWhole(text.substring(start, at));
    }
  }

  /** C++, C#, F#: a name that ends in signs. */
  private boolean endsLikeALanguage() {
    int before = at;
    while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '#')) {
      at++;
    }
    return at > before;
  }

  /**
   * Letters and digits up to the next sign; an apostrophe and a thousands separator are skipped.
   */
  private String part() {
    StringBuilder part = new StringBuilder();
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isWordPart(c)) {
        part.appendCodePoint(c);
      } else if (!isSkippedInside()) {
        break;
      }
      at += Character.charCount(c);
    }
    return part.toString();
  }

  private boolean isSkippedInside() {
    char c = text.charAt(at);
    if (APOSTROPHES.indexOf(c) >= 0) {
      return at + 1 < text.length() && isWordPart(text.codePointAt(at + 1));
    }
    return c == ','
        && isDigit(at - 1)
        && isDigit(at + 1)
        && isDigit(at + 2)
        && isDigit(at + 3)
        && !isDigit(at + 4);
  }

  private boolean isDigit(int index) {
    return index >= 0 && index < text.length() && Character.isDigit(text.charAt(index));
  }

  /** A part; one of letters and a number, or the other way round, is found by these too. */
  private void addPart(String part) {
    addWord(part);
    int border = border(part);
    if (border > 0 && part.length() <= Words.MAX_WORD_CHARS) {
      terms.add(stems.of(part.substring(0, border)));
      terms.add(stems.of(part.substring(border)));
    }
  }

  /**
   * Where a word of two or more letters meets a number: FY|2022, 60|mm; 0 where there is no such
   * place, or several: C3PO and 4f3a2b are no words put together.
   */
  private static int border(String part) {
    int border = 0;
    for (int i = 1; i < part.length(); i++) {
      if (Character.isDigit(part.charAt(i)) != Character.isDigit(part.charAt(i - 1))) {
        if (border > 0) {
          return 0;
        }
        border = i;
      }
    }
    boolean numberFirst = Character.isDigit(part.charAt(0));
    int letters = numberFirst ? part.length() - border : border;
    return letters >= LEAST_LETTERS ? border : 0;
  }

  private void addWord(String word) {
    if (word.length() <= Words.MAX_WORD_CHARS) {
      forms.add(word);
      terms.add(stems.of(word));
    }
  }

  /** A compound is found whole, and without its hyphens: AB-1203 is AB1203, Wi-Fi is WiFi. */
  private void addWhole(String whole) {
    if (whole.length() > Words.MAX_WORD_CHARS) {
      return;
    }
    terms.add(whole);
    forms.add(whole);
    String joined = whole.replace("-", "").replace("_", "");
    if (joined.length() < whole.length()) {
      terms.add(stems.of(joined));
    }
  }

  static boolean isUnspaced(int c) {
    return c >= 0x0E00
        && (c == PROLONGED_SOUND_MARK
            || (Character.isLetterOrDigit(c) && UNSPACED.contains(UnicodeScript.of(c)))
            || c == 0x3005
            || c == 0x3007);
  }

  private static boolean isWordPart(int c) {
    return (Character.isLetterOrDigit(c) || isMark(c)) && !isUnspaced(c);
  }

  private static boolean isMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }
}

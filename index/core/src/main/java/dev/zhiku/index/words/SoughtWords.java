package dev.zhiku.index.words;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that somebody looks for as they stand in texts, all of which have to be there. A word of
 * letters and digits is found in its other forms too (day, days); what stands in quotation marks, a
 * word with signs in it ({@code AB-1203}), and words of scripts that put no spaces between them are
 * found as they are written, widths, letter case, and traditional characters aside.
 *
 * @param words stems, each of which has to be among the words of the text
 * @param phrases normalised, each of which has to be in the text letter by letter
 */
public record SoughtWords(Set<String> words, List<String> phrases) {
  /** Most words and phrases taken. */
  public static final int MAX_PIECES = 32;

  private static final Pattern PIECE =
      Pattern.compile("[\"“”]([^\"“”]+)[\"“”]|「([^」]+)」|『([^』]+)』|([^\\s\"“”「」『』]+)");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}\\p{M}'’]+");
  private static final Pattern BETWEEN_TOKENS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}'’,]+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public SoughtWords {
    words = Set.copyOf(words);
    phrases = List.copyOf(phrases);
  }

  /** What is looked for, as somebody typed it; nothing if no letter or digit is in it. */
  public static SoughtWords of(String typed) {
    Set<String> words = new LinkedHashSet<>();
    Set<String> phrases = new LinkedHashSet<>();
    Matcher pieces = PIECE.matcher(typed);
    while (pieces.find() && words.size() + phrases.size() < MAX_PIECES) {
      String piece = pieces.group(4);
      if (piece != null && isPlain(piece)) {
        words.addAll(Words.of(piece).terms());
      } else {
        add(phrases, pieces.group().replaceAll("^[\"“”「『]|[\"“”」』]$", ""));
      }
    }
    return new SoughtWords(words, List.copyOf(phrases));
  }

  public boolean isEmpty() {
    return words.isEmpty() && phrases.isEmpty();
  }

  /** Whether a passage holds all of it, in its text or in the headings above. */
  public boolean heldBy(String text, String headings) {
    return wordsHeldBy(text, headings) && phrasesHeldBy(text, headings);
  }

  /** Whether the phrases are there letter by letter, whatever may be said of the words. */
  public boolean phrasesHeldBy(String text, String headings) {
    if (phrases.isEmpty()) {
      return true;
    }
    String body = written(text);
    String title = written(headings);
    return phrases.stream().allMatch(phrase -> holds(body, phrase) || holds(title, phrase));
  }

  /** Ideographs and stems without which no text holds the phrases: a quick look before reading. */
  public Set<String> wordsOfPhrases() {
    Set<String> found = new LinkedHashSet<>();
    for (String phrase : phrases) {
      BETWEEN_TOKENS
          .splitAsStream(phrase)
          .filter(token -> isPlain(token))
          .forEach(token -> found.addAll(Words.of(token).terms()));
    }
    return found;
  }

  /** Single ideographs of the phrases. */
  public Set<String> charactersOfPhrases() {
    Set<String> found = new LinkedHashSet<>();
    phrases.forEach(phrase -> found.addAll(Words.of(phrase).characters()));
    return found;
  }

  private boolean wordsHeldBy(String text, String headings) {
    if (words.isEmpty()) {
      return true;
    }
    Set<String> held = new LinkedHashSet<>(Words.of(text).terms());
    held.addAll(Words.of(headings).terms());
    return held.containsAll(words);
  }

  /** Letters and digits of a script with spaces between words. */
  private static boolean isPlain(String piece) {
    return PLAIN.matcher(piece).matches() && Words.of(piece).characters().isEmpty();
  }

  private static void add(Set<String> phrases, String piece) {
    String phrase = written(piece).strip();
    if (Stream.of(phrase).flatMapToInt(String::codePoints).anyMatch(Character::isLetterOrDigit)) {
      phrases.add(phrase);
    }
  }

  /** As it is compared: normalised, a line break like a blank, none beside an ideograph. */
  private static String written(String text) {
    String normal = BLANKS.matcher(SearchText.normalize(text)).replaceAll(" ");
    StringBuilder kept = new StringBuilder(normal.length());
    for (int i = 0; i < normal.length(); i++) {
      boolean between = i > 0 && i + 1 < normal.length();
      if (normal.charAt(i) != ' '
          || !between
          || !(isIdeograph(normal.codePointBefore(i)) || isIdeograph(normal.codePointAt(i + 1)))) {
        kept.append(normal.charAt(i));
      }
    }
    return kept.toString();
  }

  /** Whether the phrase stands there, and not inside a longer word. */
  private static boolean holds(String text, String phrase) {
    for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      int end = at + phrase.length();
      boolean begins = at == 0 || isBorder(text.codePointBefore(at), phrase.codePointAt(0));
      boolean ends =
          end == text.length()
              || isBorder(text.codePointAt(end), phrase.codePointBefore(phrase.length()));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBorder(int one, int other) {
    return !isWordPart(one) || !isWordPart(other);
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c) && !isIdeograph(c);
  }

  private static boolean isIdeograph(int c) {
    return WordScanner.isUnspaced(c);
  }

  /** The pieces as they are compared, for whoever reads a log. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>(words);
    phrases.forEach(phrase -> all.add('"' + phrase + '"'));
    return String.join(" ", all);
  }
}

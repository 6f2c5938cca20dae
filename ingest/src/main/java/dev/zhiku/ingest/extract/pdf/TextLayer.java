package dev.zhiku.ingest.extract.pdf;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text that a page holds beside its picture, and whether it can be what is shown: a font may
 * name no characters, wrong ones, or those of another encoding.
 */
final class TextLayer {
  private static final int FEWEST_SIGNS = 30;
  private static final int FEWEST_LETTERS = 60;
  private static final int FEWEST_WORDS = 30;
  private static final int FEWEST_IDEOGRAPHS = 60;
  private static final double IMPOSSIBLE = 0.3;
  private static final double LETTERS = 0.3;
  private static final double HIGH_LATIN = 0.6;
  private static final double EVERYDAY = 0.5;
  private static final double WITHOUT_VOWEL = 0.6;
  private static final int SHIFT = 29;
  private static final int MOST_PLACES = 25;
  private static final Pattern LEADERS = Pattern.compile("([.·…_\\-–—=*])(?:\\s*\\1){2,}");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}]+");
  private static final Pattern VOWEL = Pattern.compile("(?i)[aeiouyà-æè-ïò-öø-ý]");
  private static final Pattern LOWER_WORD = Pattern.compile("\\p{IsLatin}?[a-z]{3,}");
  private static final Pattern PLAIN_WORD =
      Pattern.compile("(?=.*[aeiouy])[A-Za-z][a-z]{2,}|[A-Za-z]|of|to|in|is|on|at|by|or|an|as");
  private static final String OFTEN_IN_ENGLISH = "etaoinsr";

  private final String text;
  private final int unreadable;

  private TextLayer(String text, int unreadable) {
    this.text = text;
    this.unreadable = unreadable;
  }

  static boolean isGarbled(PdfPage page) {
    String text = page.lines().stream().map(PdfLine::text).collect(Collectors.joining("\n"));
    return new TextLayer(LEADERS.matcher(text).replaceAll(" "), page.unreadable()).isGarbled();
  }

  /** The lines of a garbled page that are set in another font and can be read. */
  static List<PdfLine> readable(PdfPage page) {
    return page.lines().stream().filter(line -> isReadable(line.text())).toList();
  }

  private static boolean isReadable(String line) {
    List<String> words = NO_WORD.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    long plain = words.stream().filter(word -> PLAIN_WORD.matcher(word).matches()).count();
    return plain > 0 && plain * 3 >= words.size() * 2L;
  }

  private boolean isGarbled() {
    long signs = count(c -> !isBlank(c));
    if (signs + unreadable < FEWEST_SIGNS) {
      return false;
    }
    if (count(TextLayer::isImpossible) + unreadable > (signs + unreadable) * IMPOSSIBLE) {
      return true;
    }
    return count(Character::isLetterOrDigit) + count(c -> c > 0xFFFF) < signs * LETTERS
        || count(c -> c >= 0xA1 && c <= 0xFF) > signs * HIGH_LATIN
        || isShifted()
        || areLettersMoved()
        || hasNoVowels()
        || hasRareIdeographs();
  }

  /** Test of a character. */
  @FunctionalInterface
  private interface Test {
    boolean of(int character);
  }

  private long count(Test test) {
    return text.codePoints().filter(test::of).count();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isImpossible(int c) {
    int type = Character.getType(c);
    return c == 0xFFFD
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (type == Character.CONTROL && !Character.isWhitespace(c));
  }

  /** Numbers of signs in a font instead of characters: each letter is the one 29 places before. */
  private boolean isShifted() {
    long letters = count(c -> c < 0x80 && Character.isLetter(c));
    long lower = count(c -> c >= 'a' && c <= 'z');
    if (letters < FEWEST_LETTERS || lower * 4 > letters) {
      return false;
    }
    long shifted = count(c -> c + SHIFT >= 'a' && c + SHIFT <= 'z');
    long often = count(c -> OFTEN_IN_ENGLISH.indexOf(c + SHIFT) >= 0);
    long as = count(c -> OFTEN_IN_ENGLISH.indexOf(Character.toLowerCase(c)) >= 0);
    return shifted > letters * 0.8 && often > shifted * 0.5 && as < letters * 0.4;
  }

  /** Each small letter stands for the one some places on: all of them are seldom ones. */
  private boolean areLettersMoved() {
    long lower = count(c -> c >= 'a' && c <= 'z');
    long as = count(c -> OFTEN_IN_ENGLISH.indexOf(c) >= 0);
    if (lower < FEWEST_LETTERS || as > lower * 0.4) {
      return false;
    }
    return IntStream.rangeClosed(-MOST_PLACES, MOST_PLACES)
        .anyMatch(places -> count(c -> OFTEN_IN_ENGLISH.indexOf(c + places) >= 0) > lower * 0.6);
  }

  private boolean hasNoVowels() {
    List<String> words =
        NO_WORD.splitAsStream(text).filter(word -> LOWER_WORD.matcher(word).matches()).toList();
    long without = words.stream().filter(word -> !VOWEL.matcher(word).find()).count();
    return words.size() >= FEWEST_WORDS && without > words.size() * WITHOUT_VOWEL;
  }

  /** Ideographs that neither charset of everyday characters puts first. */
  private boolean hasRareIdeographs() {
    CharsetEncoder simplified = Charset.forName("GB2312").newEncoder();
    CharsetEncoder traditional = Charset.forName("Big5").newEncoder();
    long all = count(TextLayer::isHan);
    long everyday =
        count(c -> isHan(c) && (isFirst(c, simplified, 0xD7) || isFirst(c, traditional, 0xC6)));
    return all >= FEWEST_IDEOGRAPHS && everyday < all * EVERYDAY;
  }

  private static boolean isHan(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }

  private static boolean isFirst(int c, CharsetEncoder encoder, int lastRow) {
    String character = Character.toString(c);
    if (!encoder.canEncode(character)) {
      return false;
    }
    byte[] bytes = character.getBytes(encoder.charset());
    return bytes.length == 2 && (bytes[0] & 0xFF) <= lastRow;
  }
}

package dev.zhiku.answering.masking;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as numbers and addresses are looked for in it: forms of one character are one, signs that
 * show nothing are left out, and each character knows where it stands in the original.
 */
final class PlainText {
  private static final int NOTHING = -1;
  private static final int ASCII_END = 0x80;
  private static final int CJK_START = 0x3100;
  private static final int CJK_END = 0xFE00;

  /** Words in a model's text for a sign that shows nothing, or the beginning of them. */
  private static final Pattern TOLD =
      Pattern.compile("⟨U\\+[0-9A-F]{4,6}⟩|⟨(?:U(?:\\+[0-9A-F]{0,6})?)?\\z");

  private static final String DOTS = "·•‧∙・･";
  private static final String DASHES = "−˗⁃ー";

  private static final char TOLD_BY = '⟨';

  private final String original;
  private final String text;
  private final int[] places;

  private PlainText(String original, String text, int[] places) {
    this.original = original;
    this.text = text;
    this.places = places;
  }

  static PlainText of(String original) {
    StringBuilder text = new StringBuilder(original.length());
    int[] places = new int[original.length() + 1];
    Matcher told = TOLD.matcher(original);
    int at = 0;
    while (at < original.length()) {
      int character = original.codePointAt(at);
      if (character == TOLD_BY && told.region(at, original.length()).lookingAt()) {
        at = told.end();
        continue;
      }
      int plain = plain(character);
      if (plain != NOTHING) {
        places[text.length()] = at;
        text.append(plain <= Character.MAX_VALUE ? (char) plain : '\uFFFF');
      }
      at += Character.charCount(character);
    }
    places[text.length()] = original.length();
    return new PlainText(original, text.toString(), Arrays.copyOf(places, text.length() + 1));
  }

  private static int plain(int character) {
    if (character < ASCII_END) {
      return character;
    }
    if (character >= CJK_START && character < CJK_END) {
      return character;
    }
    if (Character.isDigit(character)) {
      return '0' + Character.digit(character, 10);
    }
    if (DOTS.indexOf(character) >= 0) {
      return '.';
    }
    if (DASHES.indexOf(character) >= 0) {
      return '-';
    }
    return switch (Character.getType(character)) {
      case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> NOTHING;
      case Character.DASH_PUNCTUATION -> '-';
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
      default -> compatible(character);
    };
  }

  /** The one character that this is another form of, if it is. */
  private static int compatible(int character) {
    String form = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC);
    return form.codePointCount(0, form.length()) == 1 ? form.codePointAt(0) : character;
  }

  String original() {
    return original;
  }

  /** Without what shows nothing, one character for each that is left. */
  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** Where a character stands in the original; of the end, its length. */
  int at(int place) {
    return places[place];
  }

  boolean isDigit(int place) {
    return isDigit(text.charAt(place));
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static boolean isLetterOrDigit(char character) {
    return isDigit(character)
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }
}

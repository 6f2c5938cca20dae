package dev.zhiku.answering.grounding;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The ends of the sentences of a text, Chinese and English. No sentence ends inside quotation marks
 * or brackets, behind an initial or an abbreviation, or at a full stop that a word begins with
 * ({@code .NET}). Pure.
 */
final class SentenceBreaks {
  static final String CHINESE_ENDS = "。！？!?…";
  static final String CLOSERS = "”’」』）》】\")]";

  /** Signs before a quotation that is a sentence by itself. */
  private static final String INTRODUCES = "：:，,。！？!?.…";

  private static final Pattern GOES_ON = Pattern.compile("[，、；：,;:）)\\]」』》】]|\\p{Ll}");

  /**
   * One capital letter, letters with full stops between, or a word like Sgt; no unit of a figure.
   */
  private static final Pattern SHORTENED =
      Pattern.compile(
          "(?:.*[\\s(\\[“\"‘'.,;–—-])?(?<!\\d\\s)(?:\\p{Lu}|(?:\\p{L}\\.)+\\p{L}"
              + "|\\p{Lu}[\\p{Ll}&&[^aeiouy]]{1,3})\\.\\s*",
          Pattern.DOTALL);

  private static final Pattern NUMBER_OF_ITEM = Pattern.compile("\\s*[(（]?\\d{1,3}[.)）]");

  /** Words that begin an English sentence and hardly ever a name. */
  private static final Pattern BEGINS_SENTENCE =
      Pattern.compile(
          "(?:The|A|An|It|Its|He|His|She|Her|They|Their|We|Our|You|Your|I|This|That|These|Those|There"
              + "|Here|In|On|At|For|To|From|By|With|Of|If|When|Where|While|As|But|And|Or|So|Yet|All|No|Not"
              + "|Each|Every|Some|Any|Both|After|Before|Since|Then|What|Who|How|Why|Which|Is|Are|Was"
              + "|Were|Do|Does|Did|Has|Have|However|Only|Under|Until|Once)\\b.*",
          Pattern.DOTALL);

  /** Beside those that the rules for English know. */
  private static final List<String> ABBREVIATIONS =
      List.of(
          "Dr.", "Prof.", "St.", "Inc.", "Ltd.", "Co.", "Corp.", "Fig.", "No.", "Art.", "Sec.",
          "e.g.", "i.e.", "vs.", "approx.", "cf.", "Rev.", "Gen.", "Col.", "Capt.", "Vol.", "Eq.",
          "Ave.", "ca.", "pp.", "Messrs.");

  private final String text;
  private final List<QuotableSentences.Span> pairs;

  private SentenceBreaks(String text) {
    this.text = text;
    this.pairs = EnclosedText.of(text);
  }

  /** Places behind a sentence, in order; the last is the end of the text. */
  static List<Integer> of(String text) {
    return new SentenceBreaks(text).ends();
  }

  /** Whether a line that ends so goes on in the next. */
  static boolean isShortened(String line, String next) {
    return SHORTENED.matcher(line).matches() && !BEGINS_SENTENCE.matcher(next).matches();
  }

  private List<Integer> ends() {
    TreeSet<Integer> ends = new TreeSet<>();
    BreakIterator breaks = englishBreaks();
    // The rules end a sentence at every line break; here a line that ends one ends its block.
    breaks.setText(text.replace('\n', ' ').replace('\r', ' '));
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      ends.add(end);
    }
    addChineseEnds(ends);
    List<Integer> kept = new ArrayList<>();
    ends.stream().filter(this::endsSentence).forEach(kept::add);
    return kept;
  }

  /** ICU's rules want white space after an end mark in places where Chinese has none. */
  private void addChineseEnds(Set<Integer> ends) {
    for (int i = 0; i < text.length(); i++) {
      if (CHINESE_ENDS.indexOf(text.charAt(i)) >= 0 && text.charAt(i) > 0x7F) {
        int stop = i + 1;
        while (stop < text.length() && (CHINESE_ENDS + CLOSERS).indexOf(text.charAt(stop)) >= 0) {
          stop++;
        }
        ends.add(stop);
        i = stop - 1;
      }
    }
  }

  private boolean endsSentence(int end) {
    if (end == text.length()) {
      return true;
    }
    int last = lastBefore(end);
    int next = nextFrom(end);
    if (last < 0 || next == text.length()) {
      return true;
    }
    if (NUMBER_OF_ITEM.matcher(text).region(0, last + 1).matches()) {
      return false;
    }
    String rest = text.substring(next);
    if (GOES_ON.matcher(rest).lookingAt() || isEnclosed(last, next)) {
      return false;
    }
    if (text.charAt(last) == '.') {
      boolean joined = next == last + 1 && isLatin(text.charAt(next));
      return !joined && !isShortened(text.substring(Math.max(0, last - 12), last + 1), rest);
    }
    return CLOSERS.indexOf(text.charAt(last)) < 0 || standsAlone(last);
  }

  private int lastBefore(int end) {
    int last = end - 1;
    while (last >= 0 && Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    return last;
  }

  private int nextFrom(int end) {
    int next = end;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private boolean isEnclosed(int last, int next) {
    return pairs.stream().anyMatch(pair -> pair.start() <= last && next < pair.end());
  }

  /** Whether what ends with this closing mark is a sentence, and not a part of one. */
  private boolean standsAlone(int closing) {
    for (QuotableSentences.Span pair : pairs) {
      if (pair.end() == closing + 1) {
        int before = lastBefore(pair.start());
        return before < 0
            || INTRODUCES.indexOf(text.charAt(before)) >= 0
            || (closing + 1 < text.length() && Character.isWhitespace(text.charAt(closing + 1)));
      }
    }
    return true;
  }

  private static boolean isLatin(char c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }

  /** Knows Mr., Dr., e.g. and their like. */
  private static BreakIterator englishBreaks() {
    FilteredBreakIteratorBuilder builder =
        FilteredBreakIteratorBuilder.getInstance(ULocale.ENGLISH);
    ABBREVIATIONS.forEach(builder::suppressBreakAfter);
    return builder.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.ENGLISH));
  }
}

package dev.zhiku.answering.grounding;

import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.search.ScoredPassage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells citations from numbers in brackets that the documents hold: the year of a case number, an
 * amount, a reference of a paper. Immutable.
 */
final class CitationMarks {
  static final Pattern MARK = Pattern.compile("\\s?\\[(\\d{1,9})]");

  private static final Pattern MARKS = Pattern.compile("(?:\\s?\\[\\d{1,9}])+");

  /** Characters before a number that show where it is from. */
  private static final int CONTEXT = 4;

  private static final int LEAST_CONTEXT = 2;

  private final List<String> passages;
  private final boolean written;

  /**
   * @param written whether a model wrote the answer; a quote is cited at the end of its line
   */
  CitationMarks(List<ScoredPassage> passages, boolean written) {
    this.passages = passages.stream().map(found -> Quotes.bare(found.passage().text())).toList();
    this.written = written;
  }

  /** The first citations that stand together between two places of a line. */
  Optional<Span> next(String line, int from, int end) {
    Matcher runs = MARKS.matcher(line).region(from, end);
    while (runs.find()) {
      Optional<Span> citations = citations(line, runs.start(), runs.end());
      if (citations.isPresent()) {
        return citations;
      }
    }
    return Optional.empty();
  }

  /** The line without its citations; numbers of the documents stay. */
  String removedFrom(String line) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Optional<Span> marks = next(line, 0, line.length());
        marks.isPresent();
        marks = next(line, at, line.length())) {
      text.append(line, at, marks.get().start());
      at = marks.get().end();
    }
    return text.append(line.substring(at)).toString();
  }

  private Optional<Span> citations(String line, int from, int end) {
    Matcher mark = MARK.matcher(line).region(from, end);
    int start = -1;
    int stop = -1;
    while (mark.find()) {
      boolean text = isText(line, mark);
      if (text && start >= 0) {
        break;
      }
      if (!text) {
        start = start < 0 ? mark.start() : start;
        stop = mark.end();
      }
    }
    return start < 0 ? Optional.empty() : Optional.of(new Span(start, stop));
  }

  private boolean isText(String line, Matcher mark) {
    if (written && endsInCode(line.substring(0, mark.start()))) {
      return true;
    }
    int number = Integer.parseInt(mark.group(1));
    String shown = "[" + mark.group(1) + "]";
    boolean canCite = number >= 1 && number <= passages.size();
    boolean insideQuote = !written && mark.end() < line.length();
    if (!canCite || (insideQuote && !isBeforeMarksOnly(line, mark.end()))) {
      return passages.stream().anyMatch(passage -> passage.contains(shown));
    }
    return isText(line.substring(0, mark.start()), number);
  }

  /** Whether a number that could cite is one of the documents, by what stands before it. */
  boolean isText(CharSequence begun, int number) {
    String shown = "[" + number + "]";
    String before = Quotes.bare(begun.toString());
    if (before.length() < LEAST_CONTEXT) {
      return false;
    }
    String context = before.substring(Math.max(0, before.length() - CONTEXT));
    return !passages.get(number - 1).contains(context)
        && passages.stream().anyMatch(passage -> passage.contains(context + shown));
  }

  /** Whether code between backticks is open where this begin of a line ends. */
  static boolean endsInCode(CharSequence begun) {
    return begun.chars().filter(c -> c == '`').count() % 2 == 1;
  }

  private static boolean isBeforeMarksOnly(String line, int from) {
    return MARKS.matcher(line).region(from, line.length()).matches();
  }
}

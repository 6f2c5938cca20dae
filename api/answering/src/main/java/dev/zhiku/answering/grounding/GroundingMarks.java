package dev.zhiku.answering.grounding;

import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.search.ScoredPassage;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the mark of {@link CitationCheck} behind what a model says without ground while it streams,
 * so that readers who see nothing but the stream see it too. All of it together is the checked
 * answer. Holds back only a number in brackets that may go on. Used by one thread.
 */
public final class GroundingMarks {
  /** The end of a line as long as it may be part of a citation that is not over. */
  private static final Pattern OPEN_END =
      Pattern.compile("(?:\\s?\\[\\d{1,9}])*(?:\\s?\\[\\d{0,9}|\\s?\\|\\s?|\\s)?$");

  private static final Pattern MARK = Pattern.compile("\\[\\?]");

  private final CitationCheck check;
  private final Consumer<String> sink;
  private final StringBuilder all = new StringBuilder();
  private final BitSet made = new BitSet();
  private String line = "";
  private String before = "";
  private String statement = "";

  /** Behind the last citation of the line. */
  private int checked;

  /** Behind what the sink has of the line. */
  private int told;

  /**
   * @param passages in the order of their numbers, from 1
   * @param question what stands in it is not invented
   * @param likeness for statements in words of their own that cite nothing
   */
  public GroundingMarks(
      List<ScoredPassage> passages, String question, Likeness likeness, Consumer<String> sink) {
    this.check = CitationCheck.ofWritten(passages, question, likeness);
    this.sink = sink;
  }

  /** The next characters, without numbers that point nowhere. */
  public void add(String part) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n', from)) {
      line += part.substring(from, end);
      endLine(out);
      out.append('\n');
      from = end + 1;
    }
    line += part.substring(from);
    Matcher open = OPEN_END.matcher(line);
    advance(open.find(checked) ? open.start() : line.length(), out);
    tell(out);
  }

  /**
   * Whether a mark is the check's, and not the model's own.
   *
   * @param number of the mark among all {@code [?]} of the text, from 0
   */
  public boolean isMade(int number) {
    return made.get(number);
  }

  /** How much of what was told so far has ground. */
  public Support support() {
    return check.support();
  }

  /** There is no more. */
  public void end() {
    StringBuilder out = new StringBuilder();
    endLine(out);
    tell(out);
  }

  private void tell(StringBuilder out) {
    if (!out.isEmpty()) {
      all.append(out);
      sink.accept(out.toString());
    }
  }

  private void append(StringBuilder out, String checked) {
    out.append(checked);
    if (checked.endsWith(CitationCheck.UNVERIFIED)) {
      made.set(MARK.split(all.toString() + out, -1).length - 2);
    }
  }

  private void endLine(StringBuilder out) {
    int end = Math.max(checked, CitationCheck.markEnd(line));
    advance(end, out);
    if (!check.verbatim().isInside()) {
      append(out, check.rest(line.substring(checked, end)));
    }
    out.append(line.substring(end));
    check.verbatim().end(line);
    before = line;
    statement = before;
    line = "";
    checked = 0;
    told = 0;
  }

  /** Checks the citations that end before this place, and tells all that stands before it. */
  private void advance(int end, StringBuilder out) {
    boolean citable = !check.verbatim().isInside();
    for (Optional<Span> found = check.marks().next(line, checked, end);
        citable && found.isPresent();
        found = check.marks().next(line, checked, end)) {
      Span marks = found.get();
      String text = line.substring(checked, marks.start());
      out.append(line, told, marks.start());
      if (!text.isBlank()) {
        statement = text;
      }
      append(out, check.cited(statement, marks.in(line)));
      checked = marks.end();
      told = checked;
    }
    out.append(line, told, end);
    told = end;
  }
}

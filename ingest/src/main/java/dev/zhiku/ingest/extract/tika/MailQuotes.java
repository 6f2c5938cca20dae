package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words of earlier mails in a mail, told apart from its own: they are notes, and where they go on
 * to its end, what says who wrote them when is the heading above them.
 */
final class MailQuotes {
  private static final Pattern QUOTED = Pattern.compile("\\s?[>＞].*");
  private static final Pattern MARKS = Pattern.compile("^\\s?(?:[>＞]\\s?)+");
  private static final Pattern NAMES_WRITER =
      Pattern.compile("(?i)\\*?(?:from|von|de|发件人|發件人|寄件者|寄件人|差出人)\\*?\\s?[:：].*");
  private static final Pattern LABELLED = Pattern.compile("\\*?[\\p{L} ]{1,20}\\*?\\s?[:：].*");
  private static final Pattern DAY_AND_TIME =
      Pattern.compile(".*\\d{4}.*\\d{1,2}\\s?[:：点時时]\\s?\\d{0,2}.*");
  private static final Pattern WROTE =
      Pattern.compile("(?i)(?=.*(?:\\d|@)).*(?:\\bwrote|写道|寫道|schrieb.*|a écrit)\\s?[:：]");
  private static final Pattern DIVIDER = Pattern.compile("[-_=*]{3,}.{0,40}[-_=*]{3,}|[-_=]{8,}");
  private static final int HEAD_LINES = 6;
  private static final int LONGEST_HEADING = 300;

  private final BlockSink sink;
  private boolean rest;

  MailQuotes(BlockSink sink) {
    this.sink = sink;
  }

  /**
   * @param quoted whether the mail's form says that it is another's
   */
  void add(String text, Role role, boolean quoted) {
    if (quoted || rest) {
      add(Role.NOTE, withoutMarks(text.lines().toList()));
      return;
    }
    List<String> lines = text.lines().toList();
    List<String> own = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int head = headLines(lines, i);
      if (head > 0) {
        add(role, own);
        addRest(lines, i, head);
        return;
      }
      int end = endOfQuoted(lines, i);
      if (end > i) {
        add(role, own);
        own.clear();
        add(Role.NOTE, withoutMarks(lines.subList(i, end)));
        i = end - 1;
      } else {
        own.add(lines.get(i));
      }
    }
    add(role, own);
  }

  private void addRest(List<String> lines, int at, int head) {
    rest = true;
    List<String> names = new ArrayList<>();
    for (String line : lines.subList(at, at + head)) {
      if (!DIVIDER.matcher(line.strip()).matches() && !line.isBlank()) {
        names.add(line.strip());
      }
    }
    int shown = Math.min(2, names.size());
    String heading = CleanText.line(String.join(" ", names.subList(0, shown)));
    if (heading.length() <= LONGEST_HEADING) {
      sink.heading(1, heading, Place.WHOLE);
      names = names.subList(shown, names.size());
    }
    add(Role.NOTE, names);
    add(Role.NOTE, withoutMarks(lines.subList(at + head, lines.size())));
  }

  /** How many lines say who wrote what follows to the end of the mail; 0 where none do. */
  private static int headLines(List<String> lines, int at) {
    int start = at;
    while (start < lines.size()
        && start - at < 2
        && (lines.get(start).isBlank() || DIVIDER.matcher(lines.get(start).strip()).matches())) {
      start++;
    }
    int labelled = labelledLines(lines, start);
    if (labelled > 0) {
      return start - at + labelled;
    }
    String line = lines.get(at).strip();
    boolean asks = line.endsWith(":") || line.endsWith("：");
    if (!asks) {
      return 0;
    }
    int next = nextFilled(lines, at + 1);
    boolean quotedToTheEnd = next < lines.size() && endOfQuoted(lines, next) == lines.size();
    return quotedToTheEnd || (WROTE.matcher(line).matches() && !isQuoted(lines, next)) ? 1 : 0;
  }

  private static int labelledLines(List<String> lines, int start) {
    if (start >= lines.size() || !NAMES_WRITER.matcher(lines.get(start).strip()).matches()) {
      return 0;
    }
    int end = start;
    boolean dated = false;
    while (end < lines.size()
        && end - start < HEAD_LINES
        && LABELLED.matcher(lines.get(end).strip()).matches()) {
      dated |= DAY_AND_TIME.matcher(lines.get(end)).matches();
      end++;
    }
    return dated && end - start >= 2 ? end - start : 0;
  }

  private static int nextFilled(List<String> lines, int from) {
    int next = from;
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    return next;
  }

  private static boolean isQuoted(List<String> lines, int at) {
    return at < lines.size() && QUOTED.matcher(lines.get(at)).matches();
  }

  /** The end of the quoted lines that begin there, blank ones between them included. */
  private static int endOfQuoted(List<String> lines, int start) {
    int end = start;
    while (isQuoted(lines, nextFilled(lines, end))) {
      end = nextFilled(lines, end) + 1;
    }
    return end > start && nextFilled(lines, end) == lines.size() ? lines.size() : end;
  }

  private static List<String> withoutMarks(List<String> lines) {
    return lines.stream().map(line -> MARKS.matcher(line).replaceFirst("")).toList();
  }

  private void add(Role role, List<String> lines) {
    sink.paragraph(role, String.join("\n", lines), Place.WHOLE);
  }
}

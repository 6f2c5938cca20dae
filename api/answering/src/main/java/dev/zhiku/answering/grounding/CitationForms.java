package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.ScoredPassage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model writes with its citations in one form, {@code [3]}, while it streams: {@code
 * [citation:3]}, {@code 【3】}, {@code [^3]}, {@code [1, 2]} and {@code [1-3]} are read as well, a
 * number that points at no passage and stands in none is left out, and code stays as it is. Holds
 * back only what it cannot tell yet. Used by one thread.
 */
public final class CitationForms {
  /** Longest mark that is waited for, in characters. */
  private static final int LONGEST = 64;

  /** More than that in one range is none of passages. */
  private static final int WIDEST = 20;

  private static final String ONE = "(?:citation:\\s?|\\^)?\\d{1,9}";
  private static final Pattern CITED =
      Pattern.compile(
          "\\[(?<list>"
              + ONE
              + "(?:\\s?[-,，、;；–—]\\s?"
              + ONE
              + ")*)]"
              + "|【(?<wide>(?:citation:\\s?)?\\d{1,3})(?:†[^】\\n]{0,40})?】",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BEGUN =
      Pattern.compile(
          "\\[[-0-9a-z^:,，、;；–— ]*|【[0-9a-z: ]*(?:†[^】\\n]*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern BARE = Pattern.compile("\\d{1,9}");
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(\\s?[-–—]\\s?(?=\\D{0,11}\\d))?");
  private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,9})]");

  private final List<Integer> told;
  private final Optional<CitationMarks> marks;
  private final List<String> texts;
  private final Set<String> numbers = new HashSet<>();
  private final Consumer<String> sink;
  private final VerbatimLines verbatim = new VerbatimLines();
  private final StringBuilder line = new StringBuilder();
  private String held = "";

  /**
   * @param passages how many there are; marks from 1 to this number stay
   */
  public CitationForms(int passages, Consumer<String> sink) {
    this(IntStream.rangeClosed(1, passages).boxed().toList(), List.of(), Optional.empty(), sink);
  }

  private CitationForms(
      List<Integer> told,
      List<String> texts,
      Optional<CitationMarks> marks,
      Consumer<String> sink) {
    this.told = List.copyOf(told);
    this.texts = texts;
    this.marks = marks;
    this.sink = sink;
    for (String text : texts) {
      NUMBER.matcher(text).results().map(m -> m.group(1)).forEach(numbers::add);
    }
  }

  /**
   * Of an answer from these passages, in the order of their numbers; what one of them holds, such
   * as the year of a case number in brackets, stays.
   *
   * @param numbers of the passages in the order in which the model counted them, from 1
   */
  public static CitationForms ofAnswer(
      List<ScoredPassage> passages, List<Integer> numbers, Consumer<String> sink) {
    List<ScoredPassage> counted = numbers.stream().map(n -> passages.get(n - 1)).toList();
    return new CitationForms(
        numbers,
        passages.stream().map(found -> found.passage().text()).toList(),
        Optional.of(new CitationMarks(counted, true)),
        sink);
  }

  /** The next characters. */
  public void add(String part) {
    pass(held + part, false);
  }

  /** There is no more. */
  public void end() {
    pass(held, true);
  }

  private void pass(String text, boolean all) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int taken = step(text, at, all, out);
      if (taken == 0) {
        break;
      }
      at += taken;
    }
    held = text.substring(at);
    if (!out.isEmpty()) {
      sink.accept(out.toString());
    }
  }

  private int step(String text, int at, boolean all, StringBuilder out) {
    char c = text.charAt(at);
    if (isCode()) {
      return plain(c, out);
    }
    if (c == ' ') {
      return space(text, at, all, out);
    }
    return c == '[' || c == '【' ? mark(text, at, all, out) : plain(c, out);
  }

  private boolean isCode() {
    return verbatim.isInside() || CitationMarks.endsInCode(line);
  }

  private int plain(char c, StringBuilder out) {
    out.append(c);
    if (c == '\n') {
      verbatim.end(line.toString());
      line.setLength(0);
    } else {
      line.append(c);
    }
    return 1;
  }

  private int mark(String text, int at, boolean all, StringBuilder out) {
    Matcher cited = CITED.matcher(text).region(at, text.length());
    if (cited.lookingAt()) {
      String read = read(cited);
      read.chars().forEach(c -> plain((char) c, out));
      return cited.end() - at;
    }
    boolean begun = BEGUN.matcher(text).region(at, text.length()).matches();
    return begun && !all && text.length() - at < LONGEST ? 0 : plain(text.charAt(at), out);
  }

  /** The space before a mark that is left out goes with it. */
  private int space(String text, int at, boolean all, StringBuilder out) {
    if (at + 1 == text.length()) {
      return all ? plain(' ', out) : 0;
    }
    char next = text.charAt(at + 1);
    if (next != '[' && next != '【') {
      return plain(' ', out);
    }
    Matcher cited = CITED.matcher(text).region(at + 1, text.length());
    if (cited.lookingAt()) {
      String read = read(cited);
      (read.isEmpty() ? "" : " " + read).chars().forEach(c -> plain((char) c, out));
      return cited.end() - at;
    }
    boolean begun = BEGUN.matcher(text).region(at + 1, text.length()).matches();
    return begun && !all && text.length() - at <= LONGEST ? 0 : plain(' ', out);
  }

  /** The text in the mark's place: its numbers, itself, or nothing. */
  private String read(Matcher cited) {
    String wide = cited.group("wide");
    String list = wide == null ? cited.group("list") : wide;
    if (wide == null && BARE.matcher(list).matches()) {
      return one(list);
    }
    String whole = cited.group();
    if (texts.stream().anyMatch(text -> text.contains(whole))) {
      return whole;
    }
    List<Integer> all = numbers(list);
    Set<Integer> pointing =
        all.stream().filter(this::points).collect(Collectors.toCollection(LinkedHashSet::new));
    boolean named = list.startsWith("^") || list.toLowerCase(java.util.Locale.ROOT).startsWith("c");
    boolean valid = !all.isEmpty() && pointing.containsAll(all);
    return valid || named
        ? pointing.stream().map(n -> "[" + told.get(n - 1) + "]").collect(Collectors.joining())
        : whole;
  }

  private String one(String digits) {
    int number = Integer.parseInt(digits);
    if (points(number) && digits.length() < 4) {
      boolean text = marks.filter(known -> known.isText(line, number)).isPresent();
      return "[" + (text ? number : told.get(number - 1)) + "]";
    }
    return numbers.contains(digits) ? "[" + digits + "]" : "";
  }

  private boolean points(int number) {
    return number >= 1 && number <= told.size();
  }

  /** Empty where a range is none. */
  private static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    Matcher part = PART.matcher(list);
    int from = -1;
    while (part.find()) {
      int number = Integer.parseInt(part.group(1));
      if (from >= 0 && (number <= from || number - from > WIDEST)) {
        return List.of();
      }
      for (int i = from < 0 ? number : from + 1; i <= number; i++) {
        numbers.add(i);
      }
      from = part.group(2) == null ? -1 : number;
    }
    return numbers;
  }
}

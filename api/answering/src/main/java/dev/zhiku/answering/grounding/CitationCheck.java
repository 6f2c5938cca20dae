package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.Contradiction;
import dev.zhiku.answering.contradiction.PlainFigures;
import dev.zhiku.answering.grounding.QuotableSentences.Span;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds an answer to its passages: a number that points at no passage, and stands in none, is taken
 * out, each statement is looked for in the passages it cites, and what a model says without ground
 * is marked. Pure.
 */
public final class CitationCheck {
  /** Behind a statement of a model that its passages do not carry. */
  static final String UNVERIFIED = " [?]";

  /** A document that speaks to the model rather than to its readers. */
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          "(?i).*(ignore|disregard|forget) (all |any |the"
              + " )*(previous|above|prior|other|earlier)\\b.*|.*\\bsystem"
              + " prompt\\b.*|.*\\b(reply|respond|answer) (only |always )?(with|that)\\b.*|.*\\byou"
              + " are (now )?(an? )?(ai|assistant|language model)\\b.*"
              + "|.*(忽略|无视)(以上|之前|上面|前面|先前|其他|所有).*|.*系统提示.*|.*(请|只|必须|一律)(回答|回复|输出)[：:“\"].*");

  /** Least share of a statement's words that must stand in its passages. */
  private static final double COMMON_WORDS = 0.5;

  /** The same where it has no numbers or names that could be looked up. */
  private static final double MOST_WORDS = 0.65;

  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s.*");

  /** The bar that closes the row of a table. */
  static final Pattern ROW_END = Pattern.compile("(?<=^\\s{0,3}\\|.{0,2000})\\s?\\|\\s?$");

  private final List<ScoredPassage> passages;
  private final String question;
  private final boolean written;
  private final CitationMarks marks;
  private final StringBuilder kept = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();
  private final Carriers carriers;
  private final VerbatimLines verbatim = new VerbatimLines();
  private int unverified;
  private boolean begun;
  private final Set<String> counted = new HashSet<>();
  private Support support = Support.NONE;

  private CitationCheck(
      List<ScoredPassage> passages, String question, boolean written, Likeness likeness) {
    this.passages = passages;
    this.question = question;
    this.written = written;
    this.marks = new CitationMarks(passages, written);
    this.carriers = new Carriers(passages, question, likeness);
  }

  /** The citations of the answer, told from the numbers of the documents. */
  CitationMarks marks() {
    return marks;
  }

  /**
   * An answer whose marks all point somewhere.
   *
   * @param citations in the order of their marks, equal ones once
   * @param unverified statements that got the mark {@code [?]}
   * @param support how much of it has ground
   */
  public record Checked(String answer, List<Citation> citations, int unverified, Support support) {
    public Checked {
      citations = List.copyOf(citations);
    }
  }

  /**
   * Checks quotes: a statement is verified where it stands word for word.
   *
   * @param passages in the order of their numbers, from 1
   */
  public static Checked quoted(String answer, List<ScoredPassage> passages) {
    return new CitationCheck(passages, "", false, Likeness.NONE).run(answer);
  }

  /**
   * Checks what a model wrote in words of its own: a statement is verified where its numbers,
   * dates, names and quoted phrases stand in the passages it cites, and most of its words.
   *
   * @param passages in the order of their numbers, from 1
   * @param question what stands in it is not invented
   * @param likeness for statements in words of their own that cite nothing
   */
  public static Checked written(
      String answer, List<ScoredPassage> passages, String question, Likeness likeness) {
    return new CitationCheck(passages, question, true, likeness).run(answer);
  }

  /** For the answer of a model, one statement after the other. */
  static CitationCheck ofWritten(List<ScoredPassage> passages, String question, Likeness likeness) {
    return new CitationCheck(passages, question, true, likeness);
  }

  /** A statement's numbers as they stay, with the mark behind them if it has no ground. */
  String cited(String statement, String numbers) {
    int from = kept.length();
    cite(marks.removedFrom(statement).strip(), numbers);
    return kept.substring(from);
  }

  /** What stands in code and formulas is no statement. */
  VerbatimLines verbatim() {
    return verbatim;
  }

  /** How much of what was checked so far has ground. */
  Support support() {
    return support;
  }

  /**
   * What the end of a line that cites nothing gets: the passages that say it, and the mark if it
   * states anything that none of them says.
   */
  String rest(String text) {
    int from = kept.length();
    if (written && !HEADING.matcher(text).matches() && !VerbatimLines.opens(text)) {
      carry(QuotableSentences.of(text).stream().map(span -> span.in(text)).toList());
    }
    return kept.substring(from);
  }

  private void carry(List<String> sentences) {
    Set<Integer> told = new LinkedHashSet<>();
    boolean doubtful = false;
    for (String sentence : sentences) {
      OptionalInt carrier = carriers.of(sentence);
      boolean carried = carrier.isPresent() && isCarriedBy(carrier.getAsInt(), sentence, told);
      notice(sentence);
      boolean announces = Introductions.isOne(sentence) && !carriers.isNewFact(sentence);
      boolean claims = !announces && (carriers.isNewFact(sentence) || Support.isClaim(sentence));
      boolean answers = carried && carriers.answers(sentence, carrier.getAsInt());
      count(carried, answers, !announces && Support.isStatement(sentence), sentence);
      doubtful |= claims && !carried;
    }
    told.forEach(number -> kept.append(" [").append(number).append(']'));
    if (doubtful) {
      mark();
    }
  }

  /** What is said again, as by a model that goes in circles, has as much ground as once. */
  private void count(boolean carried, boolean answers, boolean states, String sentence) {
    if (counted.add(Support.letters(sentence))) {
      support = support.and(carried, answers, states, sentence);
    }
  }

  /** The first statement with a figure or a name is the answer more often than not. */
  private void notice(String statement) {
    if (written && !begun && carriers.isNewFact(statement)) {
      begun = true;
      support = support.begunWith(carriers.isInvented(statement));
    }
  }

  private boolean isCarriedBy(int number, String sentence, Set<Integer> told) {
    ScoredPassage found = passages.get(number - 1);
    String quote = nearest(sentence, found.passage().text());
    if (isPlanted(quote)) {
      return false;
    }
    told.add(number);
    citations.add(new Citation(number, found, quote, true, Citation.By.SERVICE));
    return true;
  }

  private Checked run(String answer) {
    String[] lines = answer.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      kept.append(i == 0 ? "" : "\n");
      if (verbatim.isInside()) {
        kept.append(lines[i]);
      } else {
        line(lines[i], i == 0 ? "" : lines[i - 1]);
      }
      verbatim.end(lines[i]);
    }
    return new Checked(
        kept.toString(), citations.stream().distinct().toList(), unverified, support);
  }

  /** Where a mark goes at the end of a line: before what closes the row of a table. */
  static int markEnd(String line) {
    Matcher closing = ROW_END.matcher(line);
    return closing.find() ? closing.start() : line.length();
  }

  /** Marks at the beginning of a line speak for the line before. */
  private void line(String line, String before) {
    int at = 0;
    String statement = before;
    for (Optional<Span> found = marks.next(line, 0, line.length());
        found.isPresent();
        found = marks.next(line, at, line.length())) {
      String text = line.substring(at, found.get().start());
      kept.append(text);
      if (!text.isBlank()) {
        statement = text;
      }
      cited(statement, found.get().in(line));
      at = found.get().end();
    }
    int end = Math.max(at, markEnd(line));
    kept.append(line, at, end);
    rest(line.substring(at, end));
    kept.append(line, end, line.length());
  }

  private void cite(String statement, String cited) {
    List<Integer> numbers = new ArrayList<>();
    Matcher mark = CitationMarks.MARK.matcher(cited);
    while (mark.find()) {
      int number = Integer.parseInt(mark.group(1));
      if (number >= 1 && number <= passages.size()) {
        numbers.add(number);
        kept.append(mark.group());
      }
    }
    boolean carried = written && isCarried(statement, numbers);
    boolean planted = false;
    for (int number : numbers) {
      ScoredPassage found = passages.get(number - 1);
      String text = found.passage().text();
      boolean verbatim = Quotes.standsIn(statement, text);
      String quote = verbatim && !written ? statement : nearest(statement, text);
      boolean verified = written ? carried && hasPart(statement, text) : verbatim;
      citations.add(
          new Citation(
              number,
              found,
              verbatim ? statement : quote,
              verified && !isPlanted(quote),
              written ? Citation.By.MODEL : Citation.By.SERVICE));
      planted |= written && isPlanted(quote);
    }
    boolean claims = !numbers.isEmpty() || !Facts.of(statement).isEmpty();
    notice(statement);
    boolean supported = carried && !planted;
    boolean answers =
        supported && numbers.stream().anyMatch(number -> carriers.answers(statement, number));
    count(supported, answers, claims, statement);
    if (written && claims && (!carried || planted)) {
      mark();
    }
  }

  /** What a document tells a model to say is no statement of the document. */
  private boolean isPlanted(String quote) {
    return written && INSTRUCTION.matcher(quote).matches();
  }

  private void mark() {
    kept.append(UNVERIFIED);
    unverified++;
  }

  /** Whether the cited passages together carry the statement. */
  private boolean isCarried(String statement, List<Integer> numbers) {
    if (numbers.isEmpty() || statement.isEmpty()) {
      return false;
    }
    StringBuilder all = new StringBuilder();
    for (int number : numbers) {
      all.append(passages.get(number - 1).passage().text()).append('\n');
    }
    Facts.Ground cited = new Facts.Ground(all.toString());
    Facts.Ground asked = new Facts.Ground(question);
    boolean facts =
        Facts.of(statement).stream().allMatch(fact -> cited.holds(fact) || asked.holds(fact));
    double least = Facts.of(statement).isEmpty() ? MOST_WORDS : COMMON_WORDS;
    return facts
        && share(statement, all + "\n" + question) >= least
        && !new Contradiction(all.toString()).isOf(statement);
  }

  /** Share of what a statement says beside its numbers, in words or, of Chinese, in characters. */
  private static double share(String statement, String text) {
    Words said = Words.ofQuestion(Facts.withoutNumbers(PlainFigures.of(statement)));
    Words there = Words.of(PlainFigures.of(text));
    boolean chinese = said.characters().size() >= 2;
    List<String> parts =
        GrammarWords.without(chinese ? said.characters() : said.terms()).stream()
            .distinct()
            .toList();
    Set<String> held = new HashSet<>(chinese ? there.characters() : there.terms());
    long common = parts.stream().filter(held::contains).count();
    return parts.isEmpty() ? 1 : (double) common / parts.size();
  }

  /** Whether this one of several cited passages says anything of it. */
  private static boolean hasPart(String statement, String text) {
    Set<String> held = new HashSet<>(Words.of(text).terms());
    return Words.ofQuestion(statement).terms().stream().anyMatch(held::contains);
  }

  /** The sentence of the passage that shares most words with the statement. */
  private static String nearest(String statement, String text) {
    Set<String> said = new HashSet<>(Words.of(statement).terms());
    return QuotableSentences.of(text).stream()
        .map(span -> span.in(text))
        .max(Comparator.comparingLong(sentence -> common(sentence, said)))
        .map(Quotes::onOneLine)
        .orElse("");
  }

  private static long common(String sentence, Set<String> said) {
    return Words.of(sentence).terms().stream().distinct().filter(said::contains).count();
  }
}

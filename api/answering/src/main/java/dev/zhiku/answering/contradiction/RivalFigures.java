package dev.zhiku.answering.contradiction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Figures out of place: a statement has one that stands in the text where something else is spoken
 * of, and the clause that speaks of the same has another figure with the same unit. Of normalised
 * texts. Immutable.
 */
final class RivalFigures {
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<![\\p{L}\\d.:/-])(?<before>cny|rmb|eur|usd|gbp|[¥€$£])?\\s?(?<value>\\d+(?:\\.\\d+)?)"
              + "(?![\\d:/-])\\s?(?:[个小]\\s?)?(?<unit>[%°]|[万亿]?元|\\p{IsHan}|[\\p{L}]{1,20})?");

  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

  /** Words of so few letters only join others. */
  private static final int SHORT_WORD = 3;

  private static final Pattern COMMA = Pattern.compile("[，,、]");
  private static final Pattern STOP =
      Pattern.compile("[。！？!?；;|\\n\\t]|\\.(?=\\s|$)|[:：](?=\\s|\\p{IsHan})");

  /** Words of a clause that has to speak of the same. */
  private static final int LEAST_WORDS = 3;

  private static final int LEAST_IDEOGRAPHS = 5;

  private static final double SPOKEN_OF = 0.5;

  /** Factor by which it has to hold more words than the clause where the figure stands. */
  private static final int FAR_MORE = 2;

  private final List<Clause> clauses;

  private record Figure(String value, String unit) {}

  /**
   * A clause.
   *
   * @param words its own
   * @param before what the clauses before it in its sentence say, or the cell before a bare figure
   */
  private record Clause(Set<String> words, Set<String> before, List<Figure> figures) {
    boolean has(String value) {
      return figures.stream().anyMatch(figure -> figure.value().equals(value));
    }

    boolean hasOther(Figure said, Clause statement) {
      return !has(said.value())
          && figures.stream()
              .anyMatch(
                  figure -> figure.unit().equals(said.unit()) && !statement.has(figure.value()));
    }

    /** Number of a statement's words that it holds by itself. */
    long own(Clause statement) {
      return statement.words().stream().filter(words::contains).count();
    }

    /** The same number with the words before it. */
    long whole(Clause statement) {
      return statement.words().stream()
          .filter(word -> words.contains(word) || before.contains(word))
          .count();
    }

    int least() {
      boolean chinese = words.stream().anyMatch(word -> isIdeograph(word));
      return chinese ? LEAST_IDEOGRAPHS : LEAST_WORDS;
    }
  }

  RivalFigures(String text) {
    this.clauses = clauses(text);
  }

  private static List<Clause> clauses(String text) {
    List<Clause> clauses = new ArrayList<>();
    Set<String> last = Set.of();
    for (String sentence : STOP.split(THOUSANDS.matcher(text).replaceAll(""), -1)) {
      Set<String> before = new HashSet<>();
      for (String clause : COMMA.split(sentence, -1)) {
        Set<String> words = words(clause);
        boolean bare = words.isEmpty() && before.isEmpty();
        clauses.add(new Clause(words, bare ? last : Set.copyOf(before), figures(clause)));
        before.addAll(words);
      }
      last = before;
    }
    return List.copyOf(clauses);
  }

  private static boolean isIdeograph(String word) {
    return Character.isIdeographic(word.codePointAt(0));
  }

  private static Set<String> words(String clause) {
    return Clauses.words(FIGURE.matcher(clause).replaceAll(" ")).stream()
        .filter(word -> isIdeograph(word) || word.length() > SHORT_WORD)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Figure> figures(String clause) {
    List<Figure> figures = new ArrayList<>();
    Matcher figure = FIGURE.matcher(clause);
    while (figure.find()) {
      String before = figure.group("before");
      String unit = before == null ? figure.group("unit") : before;
      if (unit != null) {
        figures.add(new Figure(figure.group("value"), unit.replaceAll("(?<=\\p{L}{3})s$", "")));
      }
    }
    return figures;
  }

  /** Whether a figure of the statement is out of place. */
  boolean speakAgainst(String statement) {
    return clauses(statement).stream()
        .anyMatch(said -> said.figures().stream().anyMatch(figure -> isElsewhere(figure, said)));
  }

  private boolean isElsewhere(Figure figure, Clause said) {
    long rival =
        clauses.stream()
            .filter(clause -> clause.hasOther(figure, said))
            .mapToLong(clause -> clause.own(said))
            .max()
            .orElse(0);
    long own =
        clauses.stream()
            .filter(clause -> clause.has(figure.value()))
            .mapToLong(clause -> clause.whole(said))
            .max()
            .orElse(rival);
    return rival >= said.least()
        && rival >= SPOKEN_OF * said.words().size()
        && rival >= FAR_MORE * own;
  }
}

package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the check is right: 215 statements over passages of the samples, and 211 over everyday
 * texts, each labelled by hand with the passage that carries it, or with none.
 */
class StatementsTest {
  private static final DocumentMeta DOCUMENT = new Library().add("a.txt", "a");
  private static final int FEWEST = 200;

  /**
   * A labelled statement.
   *
   * @param carriers numbers of the passages that carry it; none where none does
   * @param unmarked what the check makes of it as it is
   * @param cited the same where a model cites a passage about the same behind it
   */
  private record Statement(
      Set<Integer> carriers, CitationCheck.Checked unmarked, CitationCheck.Checked cited) {
    boolean isCarried() {
      return !carriers.isEmpty();
    }
  }

  private static final Map<String, List<Statement>> CHECKED = new ConcurrentHashMap<>();

  /** A share with what it is of. */
  private record Figure(String name, long right, long all) {
    static Figure of(
        String name, List<Statement> of, Predicate<Statement> counts, Predicate<Statement> right) {
      List<Statement> all = of.stream().filter(counts).toList();
      return new Figure(name, all.stream().filter(right).count(), all.size());
    }

    double value() {
      return (double) right / all;
    }

    @Override
    public String toString() {
      return "%s %.3f (%d of %d)".formatted(name, value(), right, all);
    }
  }

  private static List<Statement> statements(String file) {
    List<Statement> statements = new ArrayList<>();
    List<ScoredPassage> passages = new ArrayList<>();
    StringBuilder passage = new StringBuilder();
    String question = "";
    int near = 1;
    for (String line : lines(file).toList()) {
      if (line.startsWith("== ")) {
        passages = new ArrayList<>();
      } else if (line.startsWith("-- ") || line.startsWith("?? ")) {
        if (!passage.isEmpty()) {
          passages.add(passage(passages.size(), passage.toString()));
          passage.setLength(0);
        }
        question = line.substring(3);
        passage.append(line.startsWith("-- ") ? question : "");
      } else if (passage.isEmpty()) {
        int bar = line.indexOf('|');
        Set<Integer> carriers =
            Stream.of(line.substring(0, bar).split("/", -1))
                .map(Integer::valueOf)
                .filter(number -> number > 0)
                .collect(Collectors.toSet());
        near = carriers.stream().findFirst().orElse(near);
        String text = line.substring(bar + 1).translateEscapes();
        statements.add(
            new Statement(
                carriers,
                CitationCheck.written(text, passages, question, Likeness.NONE),
                CitationCheck.written(
                    text + " [" + near + "]", passages, question, Likeness.NONE)));
      } else {
        passage.append('\n').append(line);
      }
    }
    return statements;
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = StatementsTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScoredPassage passage(int ordinal, String text) {
    PassageId id = new PassageId(DOCUMENT.id(), ordinal);
    return new ScoredPassage(new Passage(id, text, Location.whole(List.of())), DOCUMENT, 1, 1, 1);
  }

  private static boolean isMarked(CitationCheck.Checked checked) {
    return checked.unverified() > 0;
  }

  private static boolean isGivenRight(Statement statement) {
    List<Citation> given = statement.unmarked().citations();
    return !given.isEmpty()
        && given.stream().allMatch(citation -> statement.carriers().contains(citation.number()));
  }

  /** What the check gets wrong, for who works on it: {@code -Dzhiku.test.misses=true}. */
  private static void tell(String name, List<Statement> all, Predicate<Statement> wrong) {
    if (Boolean.getBoolean("zhiku.test.misses")) {
      all.stream()
          .filter(wrong)
          .forEach(s -> System.out.println(name + " " + s.carriers() + s.unmarked().answer()));
    }
  }

  private static void holds(Figure figure, double least) {
    System.out.println(figure);
    assertThat(figure.value()).as(figure.toString()).isGreaterThanOrEqualTo(least);
  }

  @ParameterizedTest
  @CsvSource({"statements.txt, 0.97, 0.91", "statements-everyday.txt, 0.92, 0.95"})
  void what_no_passage_carries_is_marked_and_little_else(
      String file, double precision, double recall) {
    List<Statement> all = CHECKED.computeIfAbsent(file, StatementsTest::statements);

    assertThat(all).hasSizeGreaterThanOrEqualTo(FEWEST);
    tell("carried, not given right", all, s -> s.isCarried() && !isGivenRight(s));
    tell("not carried, let through", all, s -> !s.isCarried() && !isMarked(s.unmarked()));
    tell("carried, cited, marked", all, s -> s.isCarried() && isMarked(s.cited()));
    holds(
        Figure.of("mark, precision", all, s -> isMarked(s.unmarked()), s -> !s.isCarried()),
        precision);
    holds(Figure.of("mark, recall", all, s -> !s.isCarried(), s -> isMarked(s.unmarked())), recall);
  }

  @ParameterizedTest
  @CsvSource({"statements.txt, 0.98, 0.86", "statements-everyday.txt, 0.91, 0.93"})
  void what_a_model_cites_wrongly_is_marked_and_little_else(
      String file, double precision, double recall) {
    List<Statement> all = CHECKED.computeIfAbsent(file, StatementsTest::statements);

    holds(
        Figure.of("mark of cited, precision", all, s -> isMarked(s.cited()), s -> !s.isCarried()),
        precision);
    holds(
        Figure.of("mark of cited, recall", all, s -> !s.isCarried(), s -> isMarked(s.cited())),
        recall);
  }

  @ParameterizedTest
  @CsvSource({"statements.txt, 0.91, 0.98", "statements-everyday.txt, 0.95, 0.92"})
  void what_a_passage_carries_gets_its_number_from_the_service(
      String file, double precision, double recall) {
    List<Statement> all = CHECKED.computeIfAbsent(file, StatementsTest::statements);

    holds(
        Figure.of(
            "citation, precision",
            all,
            s -> !s.unmarked().citations().isEmpty(),
            StatementsTest::isGivenRight),
        precision);
    holds(
        Figure.of("citation, recall", all, Statement::isCarried, StatementsTest::isGivenRight),
        recall);
  }
}

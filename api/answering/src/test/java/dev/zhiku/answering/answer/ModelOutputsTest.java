package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.markdown.ActiveElements;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of outputs of models: recorded ones of SmolLM2-135M-Instruct, run in the native
 * backend on questions to the samples, and written ones.
 */
class ModelOutputsTest {
  /** The default of {@code generator.least-supported-percent}. */
  static final int LEAST_SUPPORTED = 40;

  private static final DocumentMeta DOCUMENT = new Library().add("a.txt", "a");
  private static final ModelDescription MODEL =
      new ModelDescription("scripted", Optional.empty(), 4_096, 1, true);

  /**
   * One output.
   *
   * @param outcome {@code answered}, {@code withheld} or {@code none}
   * @param warning a code that it comes with; empty for any
   */
  private record Output(
      String id,
      String kind,
      String outcome,
      String warning,
      String question,
      List<String> passages,
      String text,
      String shown,
      String notShown) {
    @Override
    public String toString() {
      return id + ", " + kind;
    }
  }

  static Stream<Output> outputs() {
    try (InputStream in = ModelOutputsTest.class.getResourceAsStream("model-outputs.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines().skip(1).toList().stream().map(ModelOutputsTest::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Output read(String line) {
    List<String> columns = new ArrayList<>();
    for (String column : line.split("\t", -1)) {
      columns.add(column.translateEscapes());
    }
    return new Output(
        columns.get(0),
        columns.get(1),
        columns.get(2),
        columns.get(3),
        columns.get(4),
        List.of(columns.get(5).split("¶")),
        columns.get(6),
        columns.get(7),
        columns.get(8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outputs")
  void each_output_has_its_outcome(Output output) {
    AnswerDraft draft = draft(output.question(), output.passages(), DOCUMENT);
    List<AnswerEvent> events = new ArrayList<>();
    PieceFilter filter =
        new PieceFilter(draft, true, SupportRule.ofPercent(LEAST_SUPPORTED), events::add);
    int read = read(output, filter);
    filter.end();
    draft.completed(new GenerationResult(GenerationResult.Finish.STOP, 1, 1), true);
    String outcome =
        filter.isUnsupported() ? "withheld" : draft.isSilent(true) ? "none" : "answered";

    assertThat(outcome).isEqualTo(output.outcome());
    if (outcome.equals("answered")) {
      Answer answer = draft.answered(MODEL);
      assertThat(answer.text().orElseThrow()).contains(output.shown());
      if (!output.notShown().isEmpty()) {
        assertThat(answer.text().orElseThrow()).doesNotContain(output.notShown());
      }
      assertThat(ActiveElements.in(answer.text().orElseThrow())).isEmpty();
      assertThat(answer.text()).contains(told(events));
      assertThat(codes(answer)).containsAll(warnings(output));
      if (output.kind().startsWith("right,")) {
        assertThat(answer.citations()).isNotEmpty().allMatch(citation -> citation.verified());
      }
    }
    if (output.kind().equals("loop")) {
      assertThat(read).as("characters read").isLessThan(1_200);
    }
  }

  /** Which warnings a withheld answer gets is decided behind the filter. */
  private static List<String> warnings(Output output) {
    return output.warning().isEmpty() ? List.of() : List.of(output.warning());
  }

  private static List<String> codes(Answer answer) {
    return answer.warnings().stream().map(warning -> warning.code().wireName()).toList();
  }

  /** Token by token, about four characters each. */
  private static int read(Output output, PieceFilter filter) {
    String text = output.text();
    int at = 0;
    try {
      while (at < text.length()) {
        int from = at;
        at = Math.min(text.length(), from + 4);
        filter.accept(new Piece.Text(text.substring(from, at)));
      }
    } catch (PieceFilter.Stopped e) {
      return at;
    }
    return at;
  }

  private static String told(List<AnswerEvent> events) {
    int withdrawn = events.lastIndexOf(new AnswerEvent.Withdrawn());
    return events.subList(withdrawn + 1, events.size()).stream()
        .filter(AnswerEvent.Text.class::isInstance)
        .map(event -> ((AnswerEvent.Text) event).text())
        .collect(Collectors.joining());
  }

  private static AnswerDraft draft(String asked, List<String> texts, DocumentMeta document) {
    List<ScoredPassage> passages = new ArrayList<>();
    for (String text : texts) {
      passages.add(passage(document, passages.size(), text));
    }
    return draft(asked, passages);
  }

  static ScoredPassage passage(DocumentMeta document, int ordinal, String text) {
    PassageId id = new PassageId(document.id(), ordinal);
    return new ScoredPassage(new Passage(id, text, Location.whole(List.of())), document, 1, 1, 1);
  }

  /** Of an answer that a model is about to write from these passages. */
  static AnswerDraft draft(String asked, List<ScoredPassage> passages) {
    Question question =
        new Question(
            asked, 6, Question.Mode.ANSWER, false, new Filter.All(), List.of(), Locale.ENGLISH);
    AnswerDraft draft =
        new AnswerDraft(
            question,
            new FollowUpWriter.Standalone(question.text(), false, Duration.ZERO),
            Retrieval.NONE.with(passages),
            OptionalInt.empty(),
            0);
    Prompt prompt =
        new Prompt(
            "s",
            List.of(),
            question.text(),
            List.of(),
            false,
            new Prompt.Limits(1_000, 1_000, Duration.ofMinutes(1)));
    draft.planned(new PromptWriter.Plan(prompt, 1, true, passages.size()));
    return draft;
  }
}

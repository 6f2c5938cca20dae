package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.markdown.ActiveElements;
import dev.zhiku.answering.markdown.HostileTexts;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves for the asker, whoever wrote it, by each way that a text takes. */
class HostileAnswerTest {
  private static final int TEXTS = 2_000;
  private static final int MANY_TEXTS = 25_000;
  private static final String TEXT = "Annual leave is 15 days. 年假为十五天。";

  private static final DocumentMeta DOCUMENT = new Library().add("a.txt", TEXT);

  private final StringBuilder words = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();

  private enum Way {
    MODEL(true, Question.Mode.ANSWER),
    MODEL_ALONE(true, Question.Mode.CHAT),
    QUOTES(false, Question.Mode.ANSWER);

    private final boolean written;
    private final Question.Mode mode;

    Way(boolean written, Question.Mode mode) {
      this.written = written;
      this.mode = mode;
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nothing_in_an_answer_or_its_reasoning_acts_however_it_is_cut(Way way) {
    nothingActs(way, TEXTS);
  }

  @Tag("long")
  @Tag("seeds")
  @ParameterizedTest
  @EnumSource(Way.class)
  void nothing_acts_in_very_many_answers_either(Way way) {
    nothingActs(way, MANY_TEXTS);
  }

  private void nothingActs(Way way, int texts) {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < texts; i++) {
      String text = HostileTexts.next(random);
      Answer answer = answered(way, text, random);
      String what = "seed " + seed + ", text " + i + ": " + text;
      assertThat(ActiveElements.in(answer.text().orElse(""))).as(what).isEmpty();
      assertThat(ActiveElements.in(answer.reasoning().orElse(""))).as(what).isEmpty();
      assertThat(ActiveElements.in(words.toString())).as(what).isEmpty();
      assertThat(thoughts.toString()).as(what).isEqualTo(answer.reasoning().orElse(""));
      if (way != Way.QUOTES && !words.isEmpty()) {
        assertThat(words.toString()).as(what).isEqualTo(answer.text().orElse(""));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'! [99][x](http://evil.example/leak.png?q=1)'",
    "'< [99]img src=http://evil.example/t.png>'",
    "'< [99]script>alert(1)< [99]/script>'",
    "'[x] [99](http://evil.example)'",
    "'ht [99]tp://evil.example'",
  })
  void a_mark_that_is_taken_out_puts_nothing_together(String text) {
    Answer answer = answered(Way.MODEL, text, new Random(1));

    assertThat(answer.text().orElseThrow()).doesNotContain("99");
    assertThat(ActiveElements.in(answer.text().orElseThrow())).isEmpty();
  }

  private Answer answered(Way way, String text, Random random) {
    words.setLength(0);
    thoughts.setLength(0);
    AnswerDraft draft = draft(way.mode);
    draft.planned(new PromptWriter.Plan(prompt(), 1, true, way.mode == Question.Mode.CHAT ? 0 : 1));
    PieceFilter filter = new PieceFilter(draft, way.written, SupportRule.NONE, this::tell);
    pieces(text, random).forEach(part -> filter.accept(new Piece.Reasoning(part)));
    try {
      pieces(text, random).forEach(part -> filter.accept(new Piece.Text(part)));
    } catch (PieceFilter.Stopped e) {
      assertThat(way).isEqualTo(Way.MODEL);
    }
    filter.end();
    draft.completed(new GenerationResult(GenerationResult.Finish.STOP, 1, 1), way.written);
    ModelDescription model =
        new ModelDescription("scripted", Optional.empty(), 4_096, 1, way.written);
    return way.mode == Question.Mode.CHAT ? draft.chatted(model) : draft.answered(model);
  }

  private void tell(AnswerEvent event) {
    if (event instanceof AnswerEvent.Text part) {
      words.append(part.text());
    } else if (event instanceof AnswerEvent.Reasoning part) {
      thoughts.append(part.text());
    } else if (event instanceof AnswerEvent.Withdrawn) {
      words.setLength(0);
    }
  }

  private static List<String> pieces(String text, Random random) {
    int cut = random.nextInt(text.length());
    int again = cut + random.nextInt(text.length() - cut);
    return List.of(text.substring(0, cut), text.substring(cut, again), text.substring(again))
        .stream()
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static AnswerDraft draft(Question.Mode mode) {
    Question question =
        new Question("How many days?", 6, mode, true, new Filter.All(), List.of(), Locale.ENGLISH);
    if (mode == Question.Mode.CHAT) {
      return AnswerDraft.unsearched(question, 0);
    }
    Passage passage = new Passage(new PassageId(DOCUMENT.id(), 0), TEXT, Location.whole(List.of()));
    return new AnswerDraft(
        question,
        new FollowUpWriter.Standalone(question.text(), false, Duration.ZERO),
        Retrieval.NONE.with(List.of(new ScoredPassage(passage, DOCUMENT, 1, 1, 1))),
        OptionalInt.empty(),
        0);
  }

  private static Prompt prompt() {
    return new Prompt(
        "s",
        List.of(),
        "q",
        List.of(),
        true,
        new Prompt.Limits(1_000, 1_000, Duration.ofMinutes(1)));
  }
}

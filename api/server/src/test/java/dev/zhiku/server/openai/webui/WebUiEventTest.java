package dev.zhiku.server.openai.webui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.message.Messages;
import dev.zhiku.server.openai.webui.WebUiEvent.Details;
import dev.zhiku.server.openai.webui.WebUiEvent.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebUiEventTest {
  private static final String BASE = "http://kb:8650";
  private static final Location PAGE = Location.page(12, List.of());

  private static ScoredPassage passage(String digit, String path, String text) {
    DocumentId id = new DocumentId("d_" + digit.repeat(22));
    DocumentMeta document =
        new DocumentMeta(id, "hr", path, "application/pdf", 1, Instant.EPOCH, "0", "0", Set.of());
    return new ScoredPassage(new Passage(new PassageId(id, 0), text, PAGE), document, 1, 1, 1);
  }

  private static Citation cited(int number, ScoredPassage passage, String quote) {
    return new Citation(number, passage, quote, true, Citation.By.MODEL);
  }

  private static Answer answer(List<ScoredPassage> passages, List<Citation> citations) {
    return new Answer(
        "q_1",
        Answer.Status.ANSWERED,
        new Question(
            "q", 6, Question.Mode.ANSWER, false, new Filter.All(), List.of(), Locale.ENGLISH),
        "q",
        Optional.of("Fifteen [1]."),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Finish.STOP),
        List.of(),
        new Answer.Generator("ollama", Optional.empty(), true),
        citations,
        passages,
        1,
        new Answer.Budget(1, 1, 1, 1, 1, List.of(), List.of()),
        List.of(),
        new Answer.Timings(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void each_number_is_the_place_of_its_passage_also_where_one_before_it_is_not_cited() {
    ScoredPassage first = passage("1", "a.pdf", "Nobody cites this.");
    ScoredPassage second = passage("2", "b.pdf", "One. Two. Three.");

    Details data =
        WebUiEvent.sources(
                answer(
                    List.of(first, second),
                    List.of(
                        cited(2, second, "One."),
                        cited(2, second, "Three."),
                        cited(2, second, "One."))),
                BASE)
            .orElseThrow()
            .data();

    assertThat(data.document().orElseThrow())
        .containsExactly("Nobody cites this.", "One.\n\nThree.");
    assertThat(data.metadata().orElseThrow())
        .containsExactly(
            new Place(
                BASE + "/documents/d_" + "1".repeat(22) + "/content#page=12&passage=1",
                "a.pdf, p. 12"),
            new Place(
                BASE + "/documents/d_" + "2".repeat(22) + "/content#page=12&passage=2",
                "b.pdf, p. 12"));
  }

  @Test
  void two_passages_of_one_place_are_two_sources() {
    ScoredPassage one = passage("1", "a.pdf", "One.");

    Details data =
        WebUiEvent.sources(
                answer(List.of(one, one), List.of(cited(1, one, "One."), cited(2, one, "One."))),
                BASE)
            .orElseThrow()
            .data();

    assertThat(data.metadata().orElseThrow())
        .extracting(Place::name)
        .containsExactly("a.pdf, p. 12", "a.pdf, p. 12 [2]");
    assertThat(data.metadata().orElseThrow()).extracting(Place::source).doesNotHaveDuplicates();
  }

  @Test
  void an_answer_that_cites_nothing_has_no_sources() {
    assertThat(WebUiEvent.sources(answer(List.of(), List.of()), BASE)).isEmpty();
  }

  @Test
  void what_was_found_is_said_in_each_language() {
    assertThat(Messages.LANGUAGES)
        .extracting(language -> WebUiEvent.found(2, language).data().description().orElseThrow())
        .containsExactlyInAnyOrder("Found 2 passages", "找到 2 段原文", "找到 2 段原文");
    assertThat(WebUiEvent.found(1, Locale.ENGLISH).data().description())
        .contains("Found one passage");
  }
}

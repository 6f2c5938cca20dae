package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.AnswerEvent.Withdrawn;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a model's answer that its passages carry, in part, or not at all, and of one in
 * another language than its question.
 */
@Timeout(300)
class UnsupportedAnswerTest {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final String QUOTE = "The cooling pump needs oil every month. [1]";
  private static final SupportRule RULE = SupportRule.ofPercent(0);

  private final Library library = new Library();
  private final List<AnswerEvent> events = new ArrayList<>();

  @BeforeEach
  void fill() {
    library.add("manual.txt", "The cooling pump needs oil every month.");
    library.add("canteen.txt", "The canteen opens at noon.");
    library.add("泵.txt", "冷却泵每月需要加注一次润滑油。");
  }

  @ParameterizedTest
  @CsvSource({
    "Weekly.",
    "You should lubricate it once a week to keep everything running.",
    "Every 3 weeks [1].",
    "'As an AI language model, I recommend reading the manual.'",
    "'Dr Eva Mueller decides that, usually in spring.'",
    "'| what | when |\n|---|---|\n| pump | 3 weeks |'",
  })
  void without_one_supported_statement_the_documents_are_quoted(String invented) throws Exception {
    ask(ScriptedChatBackend.saying(invented), RULE, QUESTION, false);

    Answer answer = answered();
    assertThat(answer.text()).contains(QUOTE);
    assertThat(answer.generator().backend()).isEqualTo("extractive");
    assertThat(answer.generator().aiGenerated()).isFalse();
    assertThat(answer.warnings()).extracting(Warning::code).contains(WarningCode.MODEL_UNSUPPORTED);
    assertThat(answer.unsupported()).isPresent();
    assertThat(told()).isEqualTo(QUOTE);
  }

  @Test
  void what_was_told_already_is_withdrawn_before_the_quotes() throws Exception {
    String talk = "First of all. Let me explain it. It is complex. There is more to say.";

    ask(ScriptedChatBackend.saying(talk.split("(?<=\\s)")), RULE, QUESTION, false);

    int withdrawn = events.indexOf(new Withdrawn());
    assertThat(withdrawn).isPositive();
    assertThat(events.subList(1, withdrawn)).hasOnlyElementsOfType(Text.class);
    assertThat(told(events.subList(withdrawn, events.size()))).isEqualTo(QUOTE);
    assertThat(answered().unsupported()).contains(talk);
  }

  @Test
  void to_an_asker_from_whom_nothing_can_be_taken_back_nothing_of_it_is_told() throws Exception {
    String talk = "First of all. Let me explain it. It is complex. There is more to say.";

    ask(ScriptedChatBackend.saying(talk.split("(?<=\\s)")), RULE, QUESTION, true);

    assertThat(events).doesNotContain(new Withdrawn());
    assertThat(told()).isEqualTo(QUOTE);
  }

  @Test
  void a_stream_begins_with_its_first_supported_statement() throws Exception {
    ask(
        ScriptedChatBackend.saying(
            "Well, the pump needs oil ", "every month [1]", ". And", " more"),
        RULE,
        QUESTION,
        true);

    assertThat(events.get(1)).isEqualTo(new Text("Well, the pump needs oil every month [1]. And"));
    assertThat(events.get(2)).isEqualTo(new Text(" more"));
  }

  @ParameterizedTest
  @CsvSource({
    "The cooling pump needs oil every month.,The cooling pump needs oil every month. [1],How often"
        + " does the cooling pump need oil?",
    "冷却泵每月需要加注一次润滑油。,冷却泵每月需要加注一次润滑油。 [1],冷却泵多久加注一次润滑油？",
  })
  void a_right_statement_without_a_mark_gets_the_citation_of_the_service(
      String said, String shown, String question) throws Exception {
    ask(ScriptedChatBackend.saying(said), RULE, question, false);

    Answer answer = answered();
    assertThat(answer.text()).contains(shown);
    assertThat(answer.generator().backend()).isEqualTo("scripted");
    assertThat(answer.citations())
        .singleElement()
        .satisfies(citation -> assertThat(citation.by()).isEqualTo(Citation.By.SERVICE))
        .satisfies(citation -> assertThat(citation.verified()).isTrue());
  }

  @Test
  void a_citation_of_the_model_is_told_from_one_of_the_service() throws Exception {
    ask(
        ScriptedChatBackend.saying(
            "The pump needs oil every month [1].\nThe canteen opens at noon."),
        RULE,
        QUESTION,
        false);

    assertThat(answered().citations())
        .extracting(Citation::by)
        .containsExactly(Citation.By.MODEL, Citation.By.SERVICE);
  }

  @Test
  void the_share_of_the_text_that_has_to_be_supported_can_be_raised() throws Exception {
    String part = "The pump needs oil every month [1].\nIt was painted green by its proud owner.";

    ask(ScriptedChatBackend.saying(part), SupportRule.ofPercent(43), QUESTION, false);
    assertThat(answered().generator().backend()).isEqualTo("scripted");

    events.clear();
    ask(ScriptedChatBackend.saying(part), SupportRule.ofPercent(44), QUESTION, false);
    assertThat(answered().generator().backend()).isEqualTo("extractive");
  }

  @Test
  void what_is_said_again_counts_once() throws Exception {
    String circles =
        "The pump needs oil every month [1].\nIt was painted green by its proud owner.\n"
            + "The pump needs oil every month [1].\nThe pump needs oil every month. [1]";

    ask(ScriptedChatBackend.saying(circles), SupportRule.ofPercent(44), QUESTION, false);

    assertThat(answered().generator().backend()).isEqualTo("extractive");
  }

  @Test
  void a_refusal_is_no_unsupported_answer_and_is_not_told() throws Exception {
    ask(
        ScriptedChatBackend.saying("The passages do not mention how often that is."),
        RULE,
        QUESTION,
        false);

    assertThat(events.getLast()).isInstanceOf(NoEvidence.class);
    assertThat(told()).isEmpty();
  }

  private static final String ASKED_IN_CHINESE = "冷却泵多久加注一次润滑油？";
  private static final String CHINESE = "冷却泵每月需要加注一次润滑油 [1]。";
  private static final String ENGLISH =
      "The cooling pump has to be filled with oil once in every month of the year [1].";

  @Test
  void a_model_that_answers_in_another_language_is_asked_once_more_and_its_first_words_withdrawn()
      throws Exception {
    ScriptedChatBackend backend = inTurn(ENGLISH, CHINESE);

    ask(backend, SupportRule.NONE, ASKED_IN_CHINESE, false);

    assertThat(backend.prompts()).hasSize(2);
    assertThat(backend.prompts().get(1).question())
        .startsWith(ASKED_IN_CHINESE)
        .isNotEqualTo(backend.prompts().get(0).question());
    assertThat(answered().text()).contains(CHINESE);
    assertThat(answered().warnings())
        .extracting(Warning::code)
        .doesNotContain(WarningCode.MODEL_LANGUAGE);
    assertThat(told(events.subList(events.lastIndexOf(new Withdrawn()) + 1, events.size())))
        .isEqualTo(CHINESE);
  }

  @Test
  void an_answer_that_stays_in_another_language_is_marked() throws Exception {
    ScriptedChatBackend backend = inTurn(ENGLISH);

    ask(backend, SupportRule.NONE, ASKED_IN_CHINESE, false);

    assertThat(backend.prompts()).hasSize(2);
    assertThat(answered().text().orElseThrow()).startsWith(ENGLISH.substring(0, 20));
    assertThat(answered().warnings())
        .extracting(Warning::code)
        .contains(WarningCode.MODEL_LANGUAGE);
  }

  @Test
  void a_stream_tells_the_place_of_each_mark_that_is_the_services_and_of_no_other()
      throws Exception {
    String answer =
        "💧 The cooling pump needs oil every month [1]. Is it so [?]\nDr Eva Mueller decides it.";

    ask(ScriptedChatBackend.saying(answer), RULE, QUESTION, false);

    String text = told();
    List<Integer> places =
        events.stream()
            .filter(AnswerEvent.Unsupported.class::isInstance)
            .map(event -> ((AnswerEvent.Unsupported) event).position())
            .toList();
    assertThat(places).isNotEmpty().doesNotHaveDuplicates();
    for (int place : places) {
      assertThat(text.substring(text.offsetByCodePoints(0, place))).startsWith("[?]");
    }
    int own = text.codePointCount(0, text.indexOf("[?]"));
    assertThat(places)
        .doesNotContain(own)
        .contains(text.codePointCount(0, text.lastIndexOf("[?]")));
  }

  @Test
  void the_same_in_the_other_direction() throws Exception {
    ScriptedChatBackend backend =
        inTurn("冷却泵每个月都需要加注一次专用的润滑油，请按手册进行 [1]。", "The cooling pump needs oil every month [1].");

    ask(backend, RULE, QUESTION, true);

    assertThat(backend.prompts()).hasSize(2);
    assertThat(answered().text()).contains("The cooling pump needs oil every month [1].");
  }

  private static ScriptedChatBackend inTurn(String... texts) {
    return new ScriptedChatBackend(List.of(new ScriptedChatBackend.Step.SayInTurn(List.of(texts))));
  }

  private String told() {
    return told(events);
  }

  private static String told(List<AnswerEvent> events) {
    return events.stream()
        .filter(Text.class::isInstance)
        .map(event -> ((Text) event).text())
        .collect(Collectors.joining());
  }

  private Answer answered() {
    assertThat(events.getLast()).isInstanceOf(Answered.class);
    return ((Answered) events.getLast()).answer();
  }

  private void ask(
      ScriptedChatBackend backend, SupportRule rule, String question, boolean irrevocable)
      throws InterruptedException {
    Semaphore cores = new Semaphore(2);
    GenerationOptions wishes =
        new GenerationOptions("", Sampling.DEFAULT, Optional.empty(), irrevocable);
    new AnswerService(
            new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, cores),
            backend,
            new ExtractiveBackend(cores),
            new Prompt.Limits(256, 256, Duration.ofSeconds(10)),
            rule,
            4,
            StandingWarnings.NONE,
            AnswerMeter.NONE)
        .answer(
            new Question(
                question,
                6,
                Question.Mode.ANSWER,
                false,
                new Filter.All(),
                List.of(),
                Locale.ENGLISH,
                wishes),
            Scope.LOCAL,
            events::add);
  }
}

package dev.zhiku.answering.answer;

import static dev.zhiku.answering.answer.QuotingService.question;
import static dev.zhiku.answering.answer.QuotingService.quoting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Reasoning;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AnswerServiceTest {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private final Library library = new Library();
  private final List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void fill() {
    library.add("manual.txt", "The cooling pump needs oil every month.");
    library.add("canteen.txt", "The canteen opens at noon.");
  }

  @AfterEach
  void nothing_is_left_open() {
    library.index.requireNoOpenSnapshot();
  }

  @Test
  void events_come_in_order_and_end_once() throws Exception {
    answer(quoting(), QUESTION, Question.Mode.ANSWER);

    assertThat(events.getFirst()).isInstanceOf(Retrieved.class);
    assertThat(events.getLast()).isInstanceOf(Answered.class);
    assertThat(events.subList(1, events.size() - 1)).hasOnlyElementsOfType(Text.class);
    assertThat(events.stream().filter(Terminal.class::isInstance)).hasSize(1);
  }

  @Test
  void retrieval_alone_asks_no_generator() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("never");

    answer(scripted, QUESTION, Question.Mode.PASSAGES);

    assertThat(events).hasExactlyElementsOfTypes(Retrieved.class, PassagesOnly.class);
    assertThat(scripted.prompts()).isEmpty();
  }

  @Test
  void without_evidence_no_generator_is_asked() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("never");

    answer(scripted, "Who won the marathon in Boston?", Question.Mode.ANSWER);

    assertThat(events.getLast()).isInstanceOf(NoEvidence.class);
    assertThat(scripted.prompts()).isEmpty();
  }

  @Test
  void a_model_that_says_nothing_has_declined() throws Exception {
    answer(new ScriptedChatBackend(List.of()), QUESTION, Question.Mode.ANSWER);

    assertThat(events.getLast()).isInstanceOf(NoEvidence.class);
  }

  @Test
  void reasoning_is_its_own_channel_and_never_cited() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Passage [1] says so.")),
                new Step.Say(new Piece.Text("Perhaps.")))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(events.get(1)).isInstanceOf(Reasoning.class);
    Answer response = answered();
    assertThat(response.reasoning()).contains("Passage [1] says so.");
    assertThat(response.text()).contains("Perhaps.");
    assertThat(response.citations()).isEmpty();
  }

  @Test
  void a_model_that_goes_away_in_mid_answer_ends_in_failed_with_what_was_said_kept()
      throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("Every")),
                new Step.Fail(
                    new ChatException.TimedOut(
                        new Phrase("A piece", "一段"), Duration.ofSeconds(30))))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(events).contains(new Text("Every"));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.MODEL_TIMEOUT);
              assertThat(failed.remedy()).isNotBlank();
              assertThat(failed.code().isRetryable()).isTrue();
            });
  }

  @Test
  void nothing_that_a_model_invents_reaches_the_reader_unmarked() throws Exception {
    answer(
        ScriptedChatBackend.saying(
            "Every ",
            "month [1]. Dr Eva Mueller says ",
            "25 times a year [1]. <scr",
            "ipt>alert(1)",
            "</script> ![x](http://evil.example/?q=1) Call 555 now [",
            "9]."),
        QUESTION,
        Question.Mode.ANSWER);

    String answer = answered().text().orElseThrow();
    assertThat(answer)
        .contains("month [1].", "[1] [?]")
        .doesNotContain("<script", "![", "[9]")
        .endsWith("[?]");
    assertThat(answered().warnings()).extracting(Warning::code).contains(WarningCode.UNVERIFIED);
    StringBuilder streamed = new StringBuilder();
    for (AnswerEvent event : events) {
      if (event instanceof Text part) {
        streamed.append(part.text());
      }
    }
    assertThat(streamed.toString()).doesNotContain("<script", "![", "[9]");
  }

  @Test
  void a_model_that_says_it_has_no_answer_has_none_and_the_word_is_not_shown() throws Exception {
    answer(ScriptedChatBackend.saying("NO_", "ANS", "WER"), QUESTION, Question.Mode.ANSWER);

    assertThat(events.getLast()).isInstanceOf(NoEvidence.class);
    assertThat(events).noneMatch(Text.class::isInstance);
  }

  @Test
  void a_model_that_declines_in_words_of_its_own_has_no_answer_either() throws Exception {
    answer(
        ScriptedChatBackend.saying("The passages do not mention how often that is."),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(events.getLast()).isInstanceOf(NoEvidence.class);
  }

  @Test
  void reasoning_that_leads_to_no_answer_is_said_and_the_documents_are_quoted() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Reasoning("Hmm. ")), new Step.Exhaust())),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(answered().warnings())
        .extracting(Warning::code)
        .contains(WarningCode.REASONING_EXHAUSTED);
    assertThat(answered().text().orElseThrow()).contains("every month", "[1]");
    assertThat(answered().generator().aiGenerated()).isFalse();
  }

  @Test
  void a_prompt_that_the_server_counts_shorter_than_planned_is_a_warning() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("Every month [1].")), new Step.CountPrompt(40))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(answered().warnings()).extracting(Warning::code).contains(WarningCode.BUDGET_OFF);
  }

  @Test
  void a_prompt_that_the_server_counts_longer_than_planned_was_not_cut() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("Every month [1].")), new Step.CountPrompt(4_000))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(answered().warnings())
        .extracting(Warning::code)
        .doesNotContain(WarningCode.BUDGET_OFF);
  }

  @Test
  void what_a_template_puts_around_many_passages_need_not_be_there() throws Exception {
    for (int i = 1; i <= 6; i++) {
      library.add("pump" + i + ".txt", "The cooling pump of hall " + i + " needs oil in May.");
    }
    List<Step> said = List.of(new Step.Say(new Piece.Text("Every month [1].")));
    ScriptedChatBackend first = new ScriptedChatBackend(said);
    answer(first, QUESTION, Question.Mode.ANSWER);
    Prompt prompt = first.prompts().getFirst();
    int texts = first.countTokens(prompt.system()) + first.countTokens(prompt.question());
    for (Prompt.Source source : prompt.passages()) {
      texts += first.countTokens(source.label()) + first.countTokens(source.text());
    }
    assertThat(prompt.passages()).hasSizeGreaterThan(4);

    events.clear();
    answer(
        new ScriptedChatBackend(List.of(said.getFirst(), new Step.CountPrompt(texts))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(answered().warnings())
        .extracting(Warning::code)
        .doesNotContain(WarningCode.BUDGET_OFF);
  }

  @Test
  void a_prompt_that_the_server_finds_too_long_is_planned_anew_once() throws Exception {
    ChatException tooLong =
        new ChatException.PromptTooLong(new Phrase("longer than the context", "超出上下文"));
    ScriptedChatBackend stricter =
        new ScriptedChatBackend(
            List.of(new Step.FailFirst(tooLong), new Step.Say(new Piece.Text("Every month [1]."))));
    ScriptedChatBackend strictest = new ScriptedChatBackend(List.of(new Step.Fail(tooLong)));

    answer(stricter, QUESTION, Question.Mode.ANSWER);
    assertThat(answered().text()).contains("Every month [1].");
    assertThat(stricter.prompts()).hasSize(2);
    answer(strictest, QUESTION, Question.Mode.ANSWER);
    assertThat(strictest.prompts()).hasSize(2);
    assertThat(answered().generator().aiGenerated()).isFalse();
  }

  @Test
  void what_was_taken_for_the_answer_and_was_reasoning_is_not_in_the_answer() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("Let me look.")),
                new Step.Say(new Piece.Sorted("Let me look.", "")),
                new Step.Say(new Piece.Text("Every month [1].")))),
        QUESTION,
        Question.Mode.ANSWER);

    assertThat(answered().text()).contains("Every month [1].");
    assertThat(answered().reasoning()).contains("Let me look.");
  }

  @Test
  void a_model_that_is_away_from_the_start_is_replaced_with_a_warning() throws Exception {
    ChatException away = new ChatException.Unreachable("127.0.0.1:1", new IOException("refused"));

    answer(new ScriptedChatBackend(List.of(new Step.Fail(away))), QUESTION, Question.Mode.ANSWER);

    assertThat(answered().warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.MODEL_UNREACHABLE);
    assertThat(answered().generator().aiGenerated()).isFalse();
  }

  @Test
  void passages_that_do_not_fit_are_left_out_and_said_so() throws Exception {
    library.add("long.txt", "pump oil ".repeat(300) + "cooling pump need");

    answer(
        new ScriptedChatBackend(List.of(new Step.Say(new Piece.Text("Every month. [1]"))), 700, 1),
        QUESTION,
        Question.Mode.ANSWER);

    Answer response = answered();
    assertThat(response.budget().passagesFitted()).isLessThan(response.budget().passagesOffered());
    assertThat(response.warnings()).extracting(Warning::code).contains(WarningCode.CONTEXT_CUT);
    assertThat(response.budget().withoutRoom()).isNotEmpty();
  }

  @Test
  void one_question_too_many_is_refused_before_its_first_event() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedChatBackend slow =
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("Every")), new Step.Wait(never)));
    AnswerService service = QuotingService.over(library, slow, 0);
    Thread first = ask(service);
    assertThat(slow.started().await(60, TimeUnit.SECONDS)).isTrue();
    while (!events.contains(new Text("Every"))) {
      Thread.sleep(5);
    }
    events.clear();

    assertThatThrownBy(() -> service.answer(question(QUESTION), Scope.LOCAL, events::add))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.QUEUE_FULL));

    assertThat(events).isEmpty();
    first.interrupt();
    first.join();
    assertThat(slow.interrupted().getCount()).isZero();
  }

  @Test
  void a_place_is_free_again_after_a_sink_that_throws() {
    AnswerService service = QuotingService.over(library, quoting(), 0);

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  service.answer(
                      question(QUESTION),
                      Scope.LOCAL,
                      event -> {
                        throw new IllegalStateException("gone");
                      }))
          .hasMessage("gone");
    }
  }

  @Test
  void the_model_alone_gets_no_passages_and_keeps_its_brackets() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("a[1] = ", "b[0]; NO_ANSWER <b>");

    answer(scripted, QUESTION, Question.Mode.CHAT);

    assertThat(scripted.prompts().getFirst().passages()).isEmpty();
    assertThat(scripted.prompts().getFirst().system()).contains("see no documents");
    assertThat(answered().text()).contains("a[1] = b[0]; NO_ANSWER ‹b>");
    assertThat(answered().citations()).isEmpty();
    assertThat(answered().passages()).isEmpty();
    assertThat(answered().warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.NOT_FROM_DOCUMENTS);
  }

  @Test
  void a_model_that_is_away_is_not_replaced_by_quotes_where_it_was_asked_alone() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(
                new Step.Fail(
                    new ChatException.Unreachable("127.0.0.1:1", new IOException("refused"))))),
        "你好，请介绍一下你自己",
        Question.Mode.CHAT);

    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.MODEL_UNREACHABLE);
              assertThat(failed.detail()).isEqualTo("无法连接语言模型。");
              assertThat(failed.remedy()).contains("zhiku.generator");
              assertThat(failed.code().isRetryable()).isTrue();
            });
  }

  @Test
  void a_text_that_the_model_alone_cannot_hold_is_not_cut_and_the_way_out_is_said()
      throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("never");

    answer(scripted, "x ".repeat(9_000), Question.Mode.CHAT);

    assertThat(scripted.prompts()).isEmpty();
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.PROMPT_TOO_LONG);
              assertThat(failed.remedy()).contains("context-tokens");
            });
  }

  @Test
  void reasoning_that_leads_to_no_word_is_said_where_the_model_was_asked_alone() throws Exception {
    answer(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Reasoning("Hm.")), new Step.Exhaust())),
        QUESTION,
        Question.Mode.CHAT);

    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.REASONING_EXHAUSTED);
              assertThat(failed.remedy()).contains("max-reasoning-tokens");
            });
  }

  @Test
  void a_clients_wishes_stand_behind_the_rules_and_limit_the_answer() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Every month [1].");
    Sampling sampling =
        new Sampling(
            Optional.of(0.2),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(7),
            List.of("END"));
    Question question =
        new Question(
            QUESTION,
            6,
            Question.Mode.ANSWER,
            false,
            new Filter.All(),
            List.of(),
            Locale.ENGLISH,
            new GenerationOptions("Speak like a pirate. {0}", sampling, Optional.of(40), false));

    QuotingService.over(library, scripted, 4).answer(question, Scope.LOCAL, events::add);

    Prompt prompt = scripted.prompts().getFirst();
    assertThat(prompt.system()).contains("NO_ANSWER").endsWith("Speak like a pirate. {0}");
    assertThat(prompt.sampling()).isEqualTo(sampling);
    assertThat(prompt.limits().answerTokens()).isEqualTo(40);
  }

  @Test
  void more_tokens_than_are_configured_are_not_to_be_had() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Every month [1].");
    Question question =
        new Question(
            QUESTION,
            6,
            Question.Mode.ANSWER,
            false,
            new Filter.All(),
            List.of(),
            Locale.ENGLISH,
            new GenerationOptions("", Sampling.DEFAULT, Optional.of(100_000), false));

    QuotingService.over(library, scripted, 4).answer(question, Scope.LOCAL, events::add);

    assertThat(scripted.prompts().getFirst().limits().answerTokens()).isEqualTo(256);
  }

  @Test
  void a_statement_without_ground_is_marked_in_the_stream_too() throws Exception {
    answer(
        ScriptedChatBackend.saying(
            "It needs oil ev", "ery 3 months [", "1]. It is ", "made by Acme."),
        QUESTION,
        Question.Mode.ANSWER);

    String streamed =
        events.stream()
            .filter(Text.class::isInstance)
            .map(event -> ((Text) event).text())
            .collect(Collectors.joining());
    assertThat(streamed).contains("every 3 months [1] [?].");
    assertThat(answered().text()).contains(streamed);
  }

  @Test
  void the_question_is_never_read_as_a_template_or_as_query_syntax() throws Exception {
    for (String hostile : List.of("{{7*7}} ${jndi:x} pump", "pump* AND (((", "title:pump^9 \"")) {
      events.clear();

      answer(quoting(), hostile, Question.Mode.PASSAGES);

      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              PassagesOnly.class,
              only -> assertThat(only.answer().question().text()).isEqualTo(hostile));
    }
  }

  private Thread ask(AnswerService service) {
    return Thread.startVirtualThread(
        () -> {
          try {
            service.answer(question(QUESTION), Scope.LOCAL, events::add);
          } catch (InterruptedException e) {
            events.clear();
          }
        });
  }

  private Answer answered() {
    assertThat(events.getLast()).isInstanceOf(Answered.class);
    return ((Answered) events.getLast()).answer();
  }

  private void answer(ChatBackend backend, String text, Question.Mode mode)
      throws InterruptedException {
    Question question =
        new Question(text, 6, mode, false, new Filter.All(), List.of(), Locale.ENGLISH);
    QuotingService.over(library, backend, 4).answer(question, Scope.LOCAL, events::add);
  }
}

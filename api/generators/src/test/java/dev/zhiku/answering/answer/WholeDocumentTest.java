package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Progress;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeDocumentTest {
  private static final String SUMMARISE = "Summarise this contract.";
  private static final int CLAUSES = 60;
  private static final int SMALL_CONTEXT = 4_000;
  private static final int LARGE_CONTEXT = 100_000;
  private final Library library = new Library();
  private final List<AnswerEvent> events = new ArrayList<>();
  private DocumentId contract = DocumentId.random();

  @BeforeEach
  void fill() {
    String[] clauses =
        IntStream.rangeClosed(1, CLAUSES)
            .mapToObj(
                i ->
                    "Clause "
                        + i
                        + ": the tenant of this contract pays within "
                        + i
                        + " days. ".repeat(20))
            .toArray(String[]::new);
    contract = library.add("contract.txt", clauses).id();
    library.add("canteen.txt", "The canteen opens at noon.");
  }

  @Test
  void a_document_that_fits_is_read_at_once_in_its_order() throws Exception {
    ScriptedChatBackend model = backend(LARGE_CONTEXT, "Payment is due [60].");

    ask(model, SUMMARISE, chosen());

    assertThat(model.prompts()).hasSize(1);
    List<Prompt.Source> sources = model.prompts().getFirst().passages();
    assertThat(sources).hasSize(CLAUSES);
    assertThat(sources.get(0).text()).startsWith("Clause 1:");
    assertThat(sources.get(59).text()).startsWith("Clause 60:");
    assertThat(answered().citations().getFirst().number()).isEqualTo(60);
    assertThat(codes()).doesNotContain("part-of-document");
  }

  @Test
  void a_longer_one_is_read_in_steps_with_progress_and_cites_all_of_it() throws Exception {
    ScriptedChatBackend model = backend(SMALL_CONTEXT, "The tenant pays [58].");

    ask(model, SUMMARISE, chosen());

    List<Integer> numbers =
        model.prompts().stream()
            .flatMap(prompt -> prompt.passages().stream())
            .map(Prompt.Source::number)
            .toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, CLAUSES).boxed().toList());
    assertThat(model.prompts().getLast().passages()).isEmpty();
    assertThat(model.prompts().getLast().question()).contains("The tenant pays [58].");
    List<Progress> progress =
        events.stream().filter(Progress.class::isInstance).map(Progress.class::cast).toList();
    assertThat(progress.getLast()).isEqualTo(new Progress(CLAUSES, CLAUSES));
    assertThat(progress).hasSizeGreaterThan(1);
    assertThat(answered().citations().getFirst().number()).isEqualTo(58);
    assertThat(codes()).doesNotContain("part-of-document");
  }

  @Test
  void every_prompt_of_every_step_fits_into_the_context() throws Exception {
    ScriptedChatBackend model = backend(SMALL_CONTEXT, "x".repeat(300) + " [1]");

    ask(model, SUMMARISE, chosen());

    for (Prompt prompt : model.prompts()) {
      int tokens =
          model.countTokens(prompt.system())
              + model.countTokens(prompt.question())
              + prompt.passages().stream().mapToInt(p -> model.countTokens(p.text())).sum();
      assertThat(tokens + prompt.limits().answerTokens()).isLessThanOrEqualTo(SMALL_CONTEXT);
    }
  }

  @Test
  void what_there_is_no_room_for_is_said() throws Exception {
    ScriptedChatBackend model = backend(1_600, "The tenant pays [1].".repeat(12));

    ask(model, SUMMARISE, chosen());

    assertThat(codes()).contains("part-of-document");
  }

  @Test
  void without_a_model_the_answer_says_from_how_many_passages_it_speaks() throws Exception {
    ask(quoting(), "List all the clauses on what the tenant pays.", chosen());

    assertThat(answered().warnings())
        .extracting(warning -> warning.in(Locale.ENGLISH))
        .contains("The answer speaks from 6 of the 60 passages of the document.");
  }

  @Test
  void a_model_that_goes_away_while_it_reads_leaves_it_to_quotes() throws Exception {
    ChatException away = new ChatException.Unreachable("127.0.0.1:1", new IOException("refused"));

    ask(
        new ScriptedChatBackend(List.of(new Step.Fail(away)), SMALL_CONTEXT, 1),
        "List all the clauses on what the tenant pays.",
        chosen());

    assertThat(codes()).contains("model-unreachable");
    assertThat(answered().generator().aiGenerated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Within how many days does clause 7 have the tenant pay?"})
  void a_question_for_one_thing_is_answered_from_what_is_found(String one) throws Exception {
    ScriptedChatBackend model = backend(LARGE_CONTEXT, "Within 7 days [1].");

    ask(model, one, chosen());

    assertThat(model.prompts().getFirst().passages()).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void nothing_chosen_is_answered_from_what_is_found() throws Exception {
    ScriptedChatBackend model = backend(LARGE_CONTEXT, "Within 7 days [1].");

    String forAll = "Within how many days does the tenant of this contract pay in all the clauses?";
    ask(model, forAll, new Filter.All());
    ask(model, forAll, chosen());

    assertThat(model.prompts().getFirst().passages()).hasSizeLessThanOrEqualTo(6);
    assertThat(model.prompts().getLast().passages()).hasSize(CLAUSES);
  }

  private Filter chosen() {
    return new Filter.AllOf(List.of(new Filter.Documents(Set.of(contract))));
  }

  private static ScriptedChatBackend backend(int context, String said) {
    return new ScriptedChatBackend(List.of(new Step.Say(new Piece.Text(said))), context, 1);
  }

  private List<String> codes() {
    return answered().warnings().stream().map(warning -> warning.code().wireName()).toList();
  }

  private Answer answered() {
    assertThat(events.getLast()).isInstanceOf(Answered.class);
    return ((Answered) events.getLast()).answer();
  }

  private void ask(ChatBackend backend, String text, Filter filter) throws InterruptedException {
    Retriever retriever =
        new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2));
    AnswerService service =
        new AnswerService(
            retriever,
            backend,
            quoting(),
            new Prompt.Limits(256, 256, Duration.ofSeconds(10)),
            SupportRule.NONE,
            4,
            StandingWarnings.NONE,
            AnswerMeter.NONE);
    Question question =
        new Question(text, 6, Question.Mode.ANSWER, false, filter, List.of(), Locale.ENGLISH);
    service.answer(question, Scope.LOCAL, events::add);
  }

  private static ExtractiveBackend quoting() {
    return new ExtractiveBackend(new Semaphore(1));
  }
}

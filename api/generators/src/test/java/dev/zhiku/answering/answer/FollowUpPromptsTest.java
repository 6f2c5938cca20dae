package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.Dialogue.Message;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowUpPromptsTest {
  private static final List<String> QUESTIONS =
      List.of(
          "How often does the cooling pump need oil?",
          "When are the seals of the cooling pump changed?",
          "When are the filters of the cooling pump washed?");

  private final Library library = new Library();
  private final List<AnswerEvent> events = new ArrayList<>();

  @BeforeEach
  void fill() {
    library.add("manual.txt", "The cooling pump needs oil every month.");
    library.add("filters.txt", "The filters of the cooling pump are washed in spring.");
    library.add("seals.txt", "The seals of the cooling pump are changed in winter.");
  }

  @ParameterizedTest
  @EnumSource(PromptFamily.class)
  void two_follow_ups_begin_alike_up_to_the_question_that_differs(PromptFamily family)
      throws Exception {
    List<Prompt> prompts = asked(QUESTIONS, "So it is.");

    List<Message> first = Dialogue.of(prompts.get(0), family);
    List<Message> second = Dialogue.of(prompts.get(1), family);
    List<Message> third = Dialogue.of(prompts.get(2), family);
    int asked = first.size() - 1;

    assertThat(prompts.get(1).passages()).hasSize(3);
    if (family != PromptFamily.QWEN3) { // which is told in its newest turn not to think
      assertThat(second.subList(0, asked + 1)).isEqualTo(first);
    }
    assertThat(third.subList(0, second.size() - 1)).isEqualTo(second.subList(0, second.size() - 1));
    assertThat(third.get(asked).text()).contains("seals.txt", "filters.txt", QUESTIONS.getFirst());
  }

  @Test
  void a_citation_points_at_the_passage_that_the_model_counted_not_at_the_one_found_there()
      throws Exception {
    Prompt prompt = asked(QUESTIONS.subList(0, 1), "That is so. [2]").getFirst();

    Answer given = ((Answered) events.getLast()).answer();
    Citation citation = given.citations().getFirst();

    assertThat(citation.found().passage().text()).isEqualTo(prompt.passages().get(1).text());
    assertThat(citation.number()).as("the second best stands last").isEqualTo(3);
    assertThat(given.passages().get(2)).isEqualTo(citation.found());
    assertThat(given.text()).hasValue("That is so. [3] [?]");
  }

  /** The prompts of the answers of one conversation. */
  private List<Prompt> asked(List<String> questions, String said) throws InterruptedException {
    ScriptedChatBackend model = ScriptedChatBackend.saying(said);
    AnswerService service = service(model);
    List<Turn> conversation = new ArrayList<>();
    for (String text : questions) {
      Question question =
          new Question(
              text, 6, Question.Mode.ANSWER, false, new Filter.All(), conversation, Locale.ENGLISH);
      service.answer(question, Scope.LOCAL, events::add);
      conversation.add(new Turn(Turn.Role.USER, text));
      conversation.add(new Turn(Turn.Role.ASSISTANT, "So it is."));
    }
    List<Prompt> prompts =
        model.prompts().stream().filter(prompt -> !prompt.passages().isEmpty()).toList();
    assertThat(prompts).hasSize(questions.size());
    return prompts;
  }

  private AnswerService service(ScriptedChatBackend model) {
    return new AnswerService(
        new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(2)),
        model,
        new ExtractiveBackend(new Semaphore(1)),
        new Prompt.Limits(256, 256, Duration.ofSeconds(10)),
        SupportRule.NONE,
        4,
        StandingWarnings.NONE,
        AnswerMeter.NONE);
  }
}

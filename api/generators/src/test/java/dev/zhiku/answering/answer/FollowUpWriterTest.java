package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpWriterTest {
  private static final String BEFORE = "正式员工有几天年假？";
  private static final String NOW = "那实习生呢？";
  private static final String JOINED = BEFORE + " " + NOW;
  private final GenerationQueue queue = new GenerationQueue(1, 4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "实习生有几天年假？",
        "改写后的问题：实习生有几天年假？",
        "“实习生有几天年假？”",
        "\n实习生有几天年假？\n（说明：补充了主语。）",
        "- 实习生有几天年假？",
        "> 实习生有几天年假？"
      })
  void a_model_makes_it_self_contained_whatever_it_puts_around(String said) throws Exception {
    FollowUpWriter.Standalone standalone = of(ScriptedChatBackend.saying(said), NOW);

    assertThat(standalone.question()).isEqualTo("实习生有几天年假？");
    assertThat(standalone.byRule()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "实习生有 25 天年假吗？", "打印机的墨盒在哪里购买？", "实习生没有年假。", "- 正式员工每年有 15 天年假。", "实习生的年假"})
  void what_the_conversation_does_not_say_is_not_looked_for(String said) throws Exception {
    FollowUpWriter.Standalone standalone = of(ScriptedChatBackend.saying(said), NOW);

    assertThat(standalone.question()).isEqualTo(JOINED);
    assertThat(standalone.byRule()).isTrue();
  }

  @Test
  void reasoning_never_becomes_the_question() throws Exception {
    ScriptedChatBackend thinking =
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("用户问的是年假。")),
                new Step.Say(new Piece.Sorted("用户问的是年假。", "")),
                new Step.Say(new Piece.Reasoning("实习生有年假吗？")),
                new Step.Say(new Piece.Text("实习生有几天年假？"))));

    assertThat(of(thinking, NOW).question()).isEqualTo("实习生有几天年假？");
  }

  @Test
  void a_model_that_fails_leaves_it_to_the_rule() throws Exception {
    ChatException late = new ChatException.TimedOut(new Phrase("A piece", "一段"), Duration.ZERO);

    assertThat(of(new ScriptedChatBackend(List.of(new Step.Fail(late))), NOW).question())
        .isEqualTo(JOINED);
  }

  @Test
  void a_busy_model_is_not_waited_for() throws Exception {
    ScriptedChatBackend model = ScriptedChatBackend.saying("实习生有几天年假？");
    try (GenerationQueue.Place busy = queue.enter("one")) {
      busy.awaitTurn(position -> {});

      assertThat(of(model, NOW).byRule()).isTrue();
    }
    assertThat(model.prompts()).isEmpty();
  }

  @Test
  void without_a_model_the_rule_does_it() throws Exception {
    assertThat(of(new ExtractiveBackend(new Semaphore(1)), NOW).question()).isEqualTo(JOINED);
  }

  @Test
  void a_long_question_of_its_own_costs_no_generation() throws Exception {
    ScriptedChatBackend model = ScriptedChatBackend.saying("never");
    String own = "公司打印机的墨盒应当在哪里购买，由谁批准？";

    assertThat(of(model, own).question()).isEqualTo(own);
    assertThat(model.prompts()).isEmpty();
  }

  @Test
  void the_turn_that_was_taken_is_kept_for_the_answer() throws Exception {
    try (GenerationQueue.Place place = queue.enter("one")) {
      new FollowUpWriter(ScriptedChatBackend.saying("实习生有几天年假？")).of(ask(NOW), place);

      place.awaitTurn(
          position -> {
            throw new AssertionError("queued at " + position);
          });
    }
    try (GenerationQueue.Place next = queue.enter("one")) {
      assertThat(next.tryTurn()).isTrue();
    }
  }

  private FollowUpWriter.Standalone of(ChatBackend backend, String now) throws Exception {
    try (GenerationQueue.Place place = queue.enter("one")) {
      return new FollowUpWriter(backend).of(ask(now), place);
    }
  }

  private static Question ask(String now) {
    return new Question(
        now,
        6,
        Question.Mode.ANSWER,
        false,
        new Filter.All(),
        List.of(
            new Turn(Turn.Role.USER, BEFORE), new Turn(Turn.Role.ASSISTANT, "正式员工每年有 15 天年假 [1]。")),
        Locale.ENGLISH);
  }
}

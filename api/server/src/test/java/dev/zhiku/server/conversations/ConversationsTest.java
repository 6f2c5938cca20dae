package dev.zhiku.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Whose conversations are kept, and how many for how long. */
class ConversationsTest {
  private final InMemoryConversationStore store = new InMemoryConversationStore();
  private Instant now = Instant.parse("2026-11-29T08:00:00Z");

  private Conversations with(ConversationsConfig config) {
    return new Conversations(store, config, () -> now);
  }

  private static Scope scope(Principal.Kind kind, String id) {
    return new Scope(new Principal(kind, id), false, "", new Filter.All());
  }

  private KeptTurn asked(String question) {
    return KeptTurn.begun("q_1", "answer", question, now, List.of());
  }

  private static String code(Throwable problem) {
    return ((Problem) problem).code().wireName();
  }

  @Test
  void a_key_that_several_share_stands_for_many_and_nothing_is_kept_for_it() {
    Conversations conversations = with(ConversationsConfig.DEFAULT);

    assertThatThrownBy(() -> conversations.create(scope(Principal.Kind.SHARED_KEY, "reader")))
        .satisfies(e -> assertThat(code(e)).isEqualTo("conversations-not-kept"));
    assertThat(conversations.create(scope(Principal.Kind.KEY, "k_1")).turns()).isZero();
  }

  @Test
  void one_name_given_by_two_applications_is_two_people() {
    Conversations conversations = with(ConversationsConfig.DEFAULT);
    Scope one =
        new Scope(new Principal(Principal.Kind.PERSON, "a", "k_1"), false, "", new Filter.All());
    Scope other =
        new Scope(new Principal(Principal.Kind.PERSON, "a", "k_2"), false, "", new Filter.All());
    String id = conversations.create(one).id();

    assertThatThrownBy(() -> conversations.find(other, id))
        .satisfies(e -> assertThat(code(e)).isEqualTo("conversation-not-found"));
  }

  @Test
  void nothing_is_asked_where_there_is_no_room_for_the_answer() {
    Conversations conversations = with(new ConversationsConfig(true, 9, 9, 5, 0));
    Scope anna = scope(Principal.Kind.BROWSER, "b_1");
    String id = conversations.create(anna).id();
    conversations.talk(anna, id, OptionalInt.empty()).begin(asked("12345"));

    assertThatThrownBy(() -> conversations.talk(anna, id, OptionalInt.empty()))
        .satisfies(e -> assertThat(code(e)).isEqualTo("conversation-limit"));
    assertThatThrownBy(() -> conversations.create(anna))
        .satisfies(e -> assertThat(code(e)).isEqualTo("conversation-limit"));
  }

  @Test
  void a_conversation_goes_when_it_was_kept_long_enough_unless_it_is_pinned() {
    Conversations conversations = with(new ConversationsConfig(true, 9, 9, 1_000, 30));
    Scope anna = scope(Principal.Kind.BROWSER, "b_1");
    String old = conversations.create(anna).id();
    conversations.talk(anna, old, OptionalInt.empty()).begin(asked("old"));
    String pinned = conversations.create(anna).id();
    conversations.change(anna, pinned, Optional.of("kept"), Optional.of(true));
    now = now.plus(Duration.ofDays(31));

    assertThat(conversations.list(anna, List.of(), Optional.empty(), 9))
        .extracting(Conversation::id)
        .containsExactly(pinned);
  }

  @Test
  void a_follow_up_knows_what_was_said_and_a_question_asked_again_what_was_said_before_it() {
    Conversations conversations = with(ConversationsConfig.DEFAULT);
    Scope anna = scope(Principal.Kind.BROWSER, "b_1");
    String id = conversations.create(anna).id();
    for (String question : List.of("a", "b", "c")) {
      Talk talk = conversations.talk(anna, id, OptionalInt.empty());
      KeptTurn turn = talk.begin(asked(question));
      String answer = question.equals("b") ? "" : question.toUpperCase(Locale.ROOT);
      talk.end(turn.ended("answered", answer, Optional.empty(), Optional.empty()));
    }

    assertThat(conversations.talk(anna, id, OptionalInt.empty()).history())
        .extracting(turn -> turn.content())
        .containsExactly("a", "A", "c", "C");
    assertThat(conversations.talk(anna, id, OptionalInt.of(3)).history())
        .extracting(turn -> turn.content())
        .containsExactly("a", "A");
  }

  @Test
  void a_title_is_the_beginning_of_the_first_question_in_one_line() {
    assertThat(Titles.of(" a\n b\u200b\tc ")).isEqualTo("a b c");
    assertThat(Titles.of("𠮷".repeat(61))).isEqualTo("𠮷".repeat(60) + "…");
  }
}

package dev.zhiku.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.conversations.ConversationStore.Place;
import dev.zhiku.server.conversations.ConversationStore.Use;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of conversations has to do. */
public abstract class ConversationStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.123Z");
  private static final String ANNA = "browser:b_1";
  private static final String BERT = "person:李雷 by key:k_1";

  protected abstract ConversationStore store();

  protected static Conversation empty(String id, int second) {
    Instant at = NOW.plusSeconds(second);
    return new Conversation(id, "", false, at, at, 0);
  }

  protected static KeptTurn asked(String query, String question, int second) {
    return KeptTurn.begun(query, "answer", question, NOW.plusSeconds(second), List.of());
  }

  private void conversation(String owner, String id, int second, String... questions) {
    store().create(owner, empty(id, second));
    for (String question : questions) {
      store()
          .add(owner, id, asked("q_" + question, question, second), OptionalInt.empty(), question);
    }
  }

  private List<String> listed(String owner, String search) {
    return store().list(owner, SearchWords.of(search), Optional.empty(), 50).stream()
        .map(Conversation::id)
        .toList();
  }

  @Test
  void a_turn_is_read_back_as_it_began_and_as_it_ended() {
    conversation(ANNA, "c_1", 0);
    KeptTurn begun = asked("q_1", "年假有几天？", 5);
    assertThat(store().add(ANNA, "c_1", begun, OptionalInt.empty(), "年假"))
        .isEqualTo(OptionalInt.of(1));
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9)).containsExactly(begun.at(1));

    KeptTurn ended =
        begun.at(1).ended("answered", "15 天 [1]", Optional.of("{\"a\":1}"), Optional.empty());
    store().replace(ANNA, "c_1", ended);

    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9)).containsExactly(ended);
    assertThat(store().find(ANNA, "c_1"))
        .contains(new Conversation("c_1", "年假", false, NOW, NOW.plusSeconds(5), 1));
  }

  @Test
  void why_an_answer_broke_off_and_what_is_thought_of_it_are_kept() {
    conversation(ANNA, "c_1", 0, "a");
    KeptTurn broken =
        asked("q_a", "a", 0)
            .at(1)
            .ended(
                KeptTurn.FAILED,
                "half",
                Optional.empty(),
                Optional.of(new KeptTurn.Failure("model-failed", "It broke.", "Again.", true)));
    store().replace(ANNA, "c_1", broken);
    assertThat(store().rate(ANNA, "c_1", 1, Optional.of(new KeptTurn.Rating(false, "wrong <b>"))))
        .isTrue();

    KeptTurn found = store().turns(ANNA, "c_1", OptionalInt.empty(), 9).getFirst();
    assertThat(found.failure()).isEqualTo(broken.failure());
    assertThat(found.rating()).contains(new KeptTurn.Rating(false, "wrong <b>"));
    assertThat(store().rate(ANNA, "c_1", 1, Optional.empty())).isTrue();
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9)).containsExactly(broken);
    assertThat(store().rate(ANNA, "c_1", 2, Optional.empty())).isFalse();
  }

  @Test
  void pinned_ones_come_first_then_the_newest_and_each_part_goes_on_where_the_last_ended() {
    IntStream.range(0, 7).forEach(i -> conversation(ANNA, "c_" + i, i / 2, "question " + i));
    store().change(ANNA, "c_2", "two", true);

    assertThat(listed(ANNA, "")).containsExactly("c_2", "c_6", "c_5", "c_4", "c_3", "c_1", "c_0");
    Optional<Place> place = Optional.empty();
    StringBuilder seen = new StringBuilder();
    for (int part = 0; part < 4; part++) {
      List<Conversation> found = store().list(ANNA, List.of(), place, 2);
      found.forEach(one -> seen.append(one.id()).append(' '));
      Conversation last = found.getLast();
      place = Optional.of(new Place(last.pinned(), last.changedAt(), last.id()));
    }
    assertThat(seen).hasToString("c_2 c_6 c_5 c_4 c_3 c_1 c_0 ");
    assertThat(store().list(ANNA, List.of(), place, 2)).isEmpty();
  }

  @Test
  void every_word_searched_for_stands_in_the_title_or_in_a_turn_whatever_its_case_and_width() {
    conversation(ANNA, "c_1", 1, "年假有几天？", "And ＷＩＦＩ?");
    conversation(ANNA, "c_2", 2, "wifi password 100%");
    store().change(ANNA, "c_1", "Holidays_2026", false);

    assertThat(listed(ANNA, "WiFi")).containsExactly("c_2", "c_1");
    assertThat(listed(ANNA, "wifi 年假")).containsExactly("c_1");
    assertThat(listed(ANNA, "holidays wifi 几天")).containsExactly("c_1");
    assertThat(listed(ANNA, "100%")).containsExactly("c_2");
    assertThat(listed(ANNA, "s_2")).containsExactly("c_1");
    assertThat(listed(ANNA, "%")).containsExactly("c_2");
    assertThat(listed(ANNA, "!")).isEmpty();
    assertThat(listed(ANNA, "'; drop table conversations; --")).isEmpty();
  }

  @Test
  void what_nobody_has_begun_is_not_listed() {
    conversation(ANNA, "c_1", 1);
    assertThat(listed(ANNA, "")).isEmpty();
  }

  @Test
  void somebody_elses_look_like_missing_ones() {
    conversation(ANNA, "c_1", 1, "secret");

    assertThat(store().find(BERT, "c_1")).isEmpty();
    assertThat(store().turns(BERT, "c_1", OptionalInt.empty(), 9)).isEmpty();
    assertThat(listed(BERT, "")).isEmpty();
    assertThat(listed(BERT, "secret")).isEmpty();
    assertThat(store().change(BERT, "c_1", "mine", true)).isFalse();
    assertThat(store().rate(BERT, "c_1", 1, Optional.empty())).isFalse();
    assertThat(store().add(BERT, "c_1", asked("q", "x", 1), OptionalInt.of(1), "x")).isEmpty();
    store().replace(BERT, "c_1", asked("q_secret", "changed", 1).at(1));
    assertThat(store().delete(BERT, "c_1")).isFalse();
    assertThat(store().use(BERT)).isEqualTo(new Use(0, 0));
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9))
        .containsExactly(asked("q_secret", "secret", 1).at(1));
  }

  @Test
  void a_turn_asked_again_takes_its_place_and_that_of_all_that_follow() {
    conversation(ANNA, "c_1", 1, "a", "b", "c");

    assertThat(store().add(ANNA, "c_1", asked("q_2", "B", 2), OptionalInt.of(2), "x"))
        .isEqualTo(OptionalInt.of(2));
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9))
        .extracting(KeptTurn::question)
        .containsExactly("a", "B");
    store()
        .replace(
            ANNA,
            "c_1",
            asked("q_b", "b", 1)
                .at(2)
                .ended("answered", "late", Optional.empty(), Optional.empty()));
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9).getLast().answer()).isEmpty();
  }

  @Test
  void the_last_turns_are_read_and_those_before_them() {
    conversation(ANNA, "c_1", 1, "a", "b", "c", "d", "e");

    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 2))
        .extracting(KeptTurn::question)
        .containsExactly("d", "e");
    assertThat(store().turns(ANNA, "c_1", OptionalInt.of(4), 2))
        .extracting(KeptTurn::question)
        .containsExactly("b", "c");
  }

  @Test
  void what_is_deleted_is_gone_with_its_turns_and_its_room() {
    conversation(ANNA, "c_1", 1, "abc", "de");
    conversation(ANNA, "c_2", 1, "f");
    assertThat(store().use(ANNA)).isEqualTo(new Use(2, 6));

    assertThat(store().delete(ANNA, "c_1")).isTrue();

    assertThat(store().use(ANNA)).isEqualTo(new Use(1, 1));
    assertThat(store().turns(ANNA, "c_1", OptionalInt.empty(), 9)).isEmpty();
    assertThat(store().delete(ANNA, "c_1")).isFalse();
  }

  @Test
  void those_unchanged_for_long_go_unless_they_are_pinned() {
    conversation(ANNA, "c_1", 1, "a");
    conversation(BERT, "c_2", 2, "b");
    conversation(BERT, "c_3", 1, "c");
    store().change(BERT, "c_3", "kept", true);

    assertThat(store().forget(NOW.plusSeconds(2))).isEqualTo(1);
    assertThat(listed(ANNA, "")).isEmpty();
    assertThat(listed(BERT, "")).containsExactly("c_3", "c_2");
  }

  @Test
  void turns_that_were_answered_from_a_document_are_said_anew_whoever_owns_them() {
    conversation(ANNA, "c_1", 0, "one");
    conversation(BERT, "c_2", 0);
    KeptTurn begun = KeptTurn.begun("q_2", "answer", "two", NOW, List.of("d_1", "d_2"));
    store().add(BERT, "c_2", begun, OptionalInt.empty(), "two");
    KeptTurn ended = begun.at(1).ended("answered", "words", Optional.empty(), Optional.empty());
    store().replace(BERT, "c_2", ended);
    WithoutDocument without = new WithoutDocument("d_2");

    assertThat(store().rewrite("d_2", without, false)).isOne();
    assertThat(store().turns(BERT, "c_2", OptionalInt.empty(), 9)).containsExactly(ended);
    assertThat(store().rewrite("d_3", new WithoutDocument("d_3"), true)).isZero();
    assertThat(store().rewrite("d_2", without, true)).isOne();
    assertThat(store().turns(BERT, "c_2", OptionalInt.empty(), 9))
        .extracting(KeptTurn::answer)
        .containsExactly("");
    assertThat(store().list(BERT, SearchWords.of("words"), Optional.empty(), 9)).isEmpty();
    assertThat(store().rewrite("d_2", without, false)).isZero();
  }
}

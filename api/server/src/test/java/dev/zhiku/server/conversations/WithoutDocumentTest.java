package dev.zhiku.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WithoutDocumentTest {
  private static final String GONE = "d_gone";
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
  private final WithoutDocument without = new WithoutDocument(GONE);

  private static KeptTurn turn(String mode, String answer, String response, String... documents) {
    return KeptTurn.begun("q", mode, "What is it?", NOW, List.of(documents))
        .ended("answered", answer, Optional.of(response), Optional.empty());
  }

  private static String response(boolean byModel, String cited, String shown) {
    return "{\"answer\":\"secret\",\"standalone_question\":\"What is the secret?\","
        + "\"generator\":{\"ai_generated\":"
        + byModel
        + "},\"citations\":[{\"document_id\":\""
        + cited
        + "\",\"name\":\"a.md\",\"location\":\"secret\",\"heading\":[\"secret\"],\"quote\":\"secret\"}],"
        + "\"passages\":[{\"document_id\":\""
        + shown
        + "\",\"text\":\"secret\"}],\"warnings\":[{\"detail\":\"secret\"}]}";
  }

  @Test
  void an_answer_that_cites_it_goes_and_the_place_stays() {
    KeptTurn left =
        without.apply(List.of(turn("answer", "secret", response(false, GONE, GONE)))).getFirst();
    assertThat(left.answer()).isEmpty();
    assertThat(left.response().orElseThrow())
        .doesNotContain("secret")
        .contains("a.md", GONE, "\"quote\":\"\"");
    assertThat(left.question()).isEqualTo("What is it?");
  }

  @Test
  void quotes_of_other_documents_stay_where_it_was_only_found() {
    KeptTurn left =
        without.apply(List.of(turn("answer", "kept", response(false, "d_a", GONE)))).getFirst();
    assertThat(left.answer()).isEqualTo("kept");
    assertThat(left.response().orElseThrow())
        .contains("\"quote\":\"secret\"", "\"text\":\"\"")
        .doesNotContain("What is the secret?");
  }

  @Test
  void what_a_model_wrote_after_it_was_shown_goes_and_what_it_wrote_afterwards_too() {
    List<KeptTurn> left =
        without.apply(
            List.of(
                turn("answer", "before", response(true, "d_a", "d_a")),
                turn("answer", "secret", response(true, "d_a", GONE)),
                turn("chat", "secret again", "{\"answer\":\"secret again\"}"),
                turn("answer", "quoted", response(false, "d_a", "d_a"))));
    assertThat(left).extracting(KeptTurn::answer).containsExactly("before", "", "", "quoted");
  }

  @Test
  void an_answer_that_broke_off_goes_where_it_was_found_for_it() {
    KeptTurn broken =
        KeptTurn.begun("q", "answer", "What is it?", NOW, List.of(GONE))
            .ended("stopped", "the sec", Optional.empty(), Optional.empty());
    assertThat(without.apply(List.of(broken)).getFirst().answer()).isEmpty();
  }

  @Test
  void once_more_changes_nothing_and_other_conversations_stay_as_they_are() {
    List<KeptTurn> turns = List.of(turn("answer", "secret", response(true, GONE, GONE), GONE));
    List<KeptTurn> once = without.apply(turns);
    assertThat(without.apply(once)).isEqualTo(once);
    assertThat(new WithoutDocument("d_other").apply(turns)).isEqualTo(turns);
  }
}

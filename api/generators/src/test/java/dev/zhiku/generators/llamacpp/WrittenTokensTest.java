package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** With a vocabulary of bytes: a character held back until it is whole was several tokens. */
class WrittenTokensTest {
  private final WrittenTokens tokens =
      new WrittenTokens(text -> text.getBytes(StandardCharsets.UTF_8).length, 10, false);

  private final WrittenTokens stopping =
      new WrittenTokens(text -> text.getBytes(StandardCharsets.UTF_8).length, 10, true);

  @Test
  void a_text_to_stop_at_that_begins_inside_a_token_is_no_limit() {
    stopping.add("The");
    stopping.add(" ");

    assertThat(stopping.isCut()).isFalse();
    assertThat(stopping.count()).isEqualTo(2);
  }

  @Test
  void with_texts_to_stop_at_the_limit_is_a_limit_all_the_same() {
    for (int i = 0; i < 10; i++) {
      stopping.add("a");
    }

    assertThat(stopping.isCut()).isTrue();
    assertThat(stopping.count()).isEqualTo(10);
  }

  @Test
  void in_the_middle_of_a_character_near_the_limit_it_was_cut_there() {
    stopping.add("知");
    stopping.add("知");
    stopping.add("知");

    assertThat(stopping.isCut()).isTrue();
    assertThat(stopping.count()).isEqualTo(10);
  }

  @Test
  void each_output_is_a_token_and_a_character_as_many_as_it_took() {
    tokens.add("a");
    tokens.add("知");
    tokens.add("");

    assertThat(tokens.count()).isEqualTo(1 + 3 + 1);
    assertThat(tokens.isCut()).isFalse();
  }

  @Test
  void an_answer_that_ends_with_a_text_was_cut_at_its_limit_in_the_middle_of_a_character_too() {
    tokens.add("a");

    assertThat(tokens.isCut()).isTrue();
    assertThat(tokens.count()).isEqualTo(10);
  }

  @Test
  void an_ascii_text_is_one_token_however_long() {
    tokens.add("word");
    tokens.add("");

    assertThat(tokens.count()).isEqualTo(2);
  }
}

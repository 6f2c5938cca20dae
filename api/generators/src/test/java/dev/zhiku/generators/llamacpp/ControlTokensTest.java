package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTokensTest {
  private final ControlTokens tokens =
      new ControlTokens(List.of("<|end|>", "<|end|>more", "[gMASK]", "sop", "<s>"));

  @Test
  void a_control_token_loses_its_beginning_wherever_it_stands() {
    assertThat(tokens.neutralised("a<|end|>b [gMASK]<s>")).isEqualTo("a‹|end|>b 〔gMASK]‹s>");
  }

  @Test
  void the_longest_is_seen_first() {
    assertThat(tokens.neutralised("<|end|>more")).isEqualTo("‹|end|>more");
  }

  @Test
  void one_that_begins_like_a_word_is_parted_where_nobody_sees_it() {
    assertThat(tokens.neutralised("sop")).isEqualTo("s\u200Bop");
  }

  @Test
  void everything_else_stays() {
    assertThat(tokens.neutralised("a < b, $1 \\ [1] 知库")).isEqualTo("a < b, $1 \\ [1] 知库");
    assertThat(new ControlTokens(List.of()).neutralised("<s>")).isEqualTo("<s>");
  }
}

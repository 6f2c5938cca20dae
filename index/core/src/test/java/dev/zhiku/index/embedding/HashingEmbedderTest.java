package dev.zhiku.index.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.testing.EmbedderContract;
import org.junit.jupiter.api.Test;

class HashingEmbedderTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return new HashingEmbedder();
  }

  @Test
  void shared_wording_brings_texts_together_in_both_languages() throws InterruptedException {
    assertNearer(
        "How do I claim travel expenses?",
        "Travel expenses are claimed with form 12.",
        "The centrifuge needs a balanced rotor.");
    assertNearer("如何报销差旅费？", "差旅费凭发票报销。", "离心机的转子必须平衡。");
  }

  @Test
  void a_part_of_a_word_counts_a_little() throws InterruptedException {
    Embedder embedder = embedder();
    double inflected = cosine(embedder, "configuration", "configurations");
    double other = cosine(embedder, "configuration", "invoice");
    assertThat(inflected).isGreaterThan(0.5).isLessThan(0.99);
    assertThat(other).isLessThan(0.3);
  }

  @Test
  void case_width_and_traditional_characters_make_no_difference() throws InterruptedException {
    Embedder embedder = embedder();
    assertThat(embedder.embedQuery("ＲＥＤＩＳ 集群設定")).isEqualTo(embedder.embedQuery("redis 集群设定"));
  }

  @Test
  void the_dimension_is_chosen_and_part_of_the_id() throws InterruptedException {
    try (Embedder small = new HashingEmbedder(1)) {
      assertThat(small.id()).hasToString("hashing:1:1");
      assertThat(small.embedQuery("text").dimension()).isEqualTo(1);
    }
    assertThatThrownBy(() -> new HashingEmbedder(0)).hasMessageContaining("1..4096");
  }

  private void assertNearer(String question, String near, String far) throws InterruptedException {
    assertThat(cosine(embedder(), question, near))
        .isGreaterThan(cosine(embedder(), question, far) + 0.1);
  }

  private static double cosine(Embedder embedder, String a, String b) throws InterruptedException {
    return embedder.embedQuery(a).cosine(embedder.embedQuery(b));
  }
}

package dev.zhiku.index.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.ranking.PairScorer;
import dev.zhiku.index.testing.PairScorerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cross-encoder of a folder: the tiny one, with the words of the bundled English model. */
class CrossEncoderIT extends PairScorerContract {
  @TempDir private static Path folder;

  @Override
  protected PairScorer open() throws IOException {
    return open(TinyCrossEncoder.network(), 64);
  }

  private static CrossEncoder open(byte[] network, int maxTokens) throws IOException {
    Files.write(folder.resolve("model.onnx"), network);
    Files.write(folder.resolve("tokenizer.json"), BundledModel.ENGLISH.tokenizer());
    return CrossEncoder.open(folder, maxTokens, BundledModelContract.NATIVE_CODE);
  }

  @Test
  void question_and_passage_are_told_apart() throws Exception {
    try (CrossEncoder encoder = open(TinyCrossEncoder.network(), 64)) {
      double none = encoder.score("pump pump", "oil oil");
      assertThat(encoder.score("pump", "pump")).isEqualTo(none + 1);
      assertThat(encoder.score("pump pump", "pump oil pump")).isEqualTo(none + 4);
    }
  }

  @Test
  void a_closed_one_says_so() throws Exception {
    CrossEncoder encoder = open(TinyCrossEncoder.network(), 64);
    encoder.close();
    assertThatThrownBy(() -> encoder.score("a", "b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void an_embedding_model_is_no_cross_encoder() {
    assertThatThrownBy(() -> open(BundledModel.ENGLISH.network(), 64))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageContainingAll("The model folder", "numbers for a pair of texts");
  }

  @Test
  void a_missing_folder_is_named(@TempDir Path none) {
    assertThatThrownBy(
            () -> CrossEncoder.open(none.resolve("x"), 64, BundledModelContract.NATIVE_CODE))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageContainingAll(none.resolve("x").toString(), "there is no such folder");
  }
}

package dev.zhiku.index.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundledModelsIT {
  @Test
  void each_language_is_embedded_by_its_own_model() throws InterruptedException {
    try (Embedders embedders = BundledModels.open(BundledModelContract.NATIVE_CODE, 2)) {
      assertThat(embedders.all())
          .extracting(embedder -> embedder.id().model())
          .containsExactlyInAnyOrder("bge-small-zh-v1.5-q", "bge-small-en-v1.5-q");
      assertThat(dimension(embedders, "差旅费凭发票报销。")).isEqualTo(512);
      assertThat(dimension(embedders, "Travel expenses need the invoice.")).isEqualTo(384);
    }
  }

  @Test
  void closing_one_model_leaves_the_other_usable() throws InterruptedException {
    try (Embedders embedders = BundledModels.open(BundledModelContract.NATIVE_CODE)) {
      embedders.forPassage("中文").close();
      assertThat(dimension(embedders, "English")).isEqualTo(384);
    }
  }

  @Test
  void a_damaged_model_or_tokenizer_is_refused_by_name() {
    byte[] damaged = new byte[1_000];
    assertRefused(damaged, BundledModel.CHINESE.tokenizer());
    assertRefused(BundledModel.CHINESE.network(), damaged);
  }

  private static void assertRefused(byte[] network, byte[] tokenizer) {
    EmbedderId id = new EmbedderId("damaged", "1", 512);
    OrtEnvironment environment = NativeLibraries.load(BundledModelContract.NATIVE_CODE);
    try (EmbeddingWorkers workers = new EmbeddingWorkers(1, 1)) {
      assertThatThrownBy(() -> BundledModels.open(id, environment, workers, network, tokenizer))
          .isInstanceOf(EmbeddingException.class)
          .hasMessageContaining("damaged:1:512 cannot be opened");
    }
  }

  @Test
  void a_pool_without_workers_is_refused_before_a_model_is_read() {
    assertThatThrownBy(() -> BundledModels.open(BundledModelContract.NATIVE_CODE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 worker");
  }

  private static int dimension(Embedders embedders, String text) throws InterruptedException {
    Embedder embedder = embedders.forPassage(text);
    List<String> texts = List.of(text);
    return embedder.embedPassages(texts).getFirst().dimension();
  }
}

package dev.zhiku.index.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastLayerCutIT {
  private static final List<String> TEXTS =
      List.of(
          "试用期有多长？",
          "新员工入职后的前三个月为试用期，试用期内每月进行一次考核。".repeat(8),
          "How long is probation?",
          "Before the centrifuge is started, the rotor must be balanced. ".repeat(20),
          "Redis, Kafka; AX-4711: 12,50 €",
          "");

  @ParameterizedTest
  @EnumSource
  void the_cut_model_gives_almost_the_vectors_of_the_whole_one(BundledModel model)
      throws InterruptedException {
    byte[] whole = model.network();
    try (Embedder uncut = open(model, whole);
        Embedder cut = open(model, LastLayerCut.apply(whole, model.lastLayer()))) {
      for (String text : TEXTS) {
        assertThat(cut.embedQuery(text).cosine(uncut.embedQuery(text)))
            .as(text)
            .isGreaterThan(0.995);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_two_nodes_and_a_list_of_row_numbers_are_added(BundledModel model) {
    byte[] whole = model.network();
    byte[] cut = LastLayerCut.apply(whole, model.lastLayer());
    assertThat(graph(cut)).hasSize(graph(whole).size() + 3);
    assertThat(cut.length - whole.length).isBetween(200, 2_000);
  }

  @Test
  void a_model_without_that_layer_is_refused() {
    byte[] model = BundledModel.CHINESE.network();
    assertThatThrownBy(() -> LastLayerCut.apply(model, 11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 of the 2 nodes")
        .hasMessageContaining("/encoder/layer.11/");
  }

  @Test
  void bytes_that_are_no_model_are_refused() {
    Random random = new Random(7);
    byte[] start = Arrays.copyOf(BundledModel.CHINESE.network(), 100_000);
    assertThatThrownBy(() -> LastLayerCut.apply(start, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cut off");
    for (int i = 0; i < 1_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> LastLayerCut.apply(noise, 3))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<WireField> graph(byte[] model) {
    return WireField.parse(ByteBuffer.wrap(model)).stream()
        .filter(field -> field.number() == 7)
        .findFirst()
        .orElseThrow()
        .message();
  }

  private static Embedder open(BundledModel model, byte[] network) {
    OrtEnvironment environment = NativeLibraries.load(BundledModelContract.NATIVE_CODE);
    return BundledModels.open(
        new EmbedderId(model.modelName(), "test", model.dimension()),
        environment,
        new EmbeddingWorkers(1, 1),
        network,
        model.tokenizer());
  }
}

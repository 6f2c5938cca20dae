package dev.zhiku.index.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.testing.EmbedderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with the files of a bundled model is a model of a user's own. */
class ModelFolderIT {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir private Path folder;

  private static ModelFolder pooled(Path folder, Pooling pooling) {
    return new ModelFolder(folder, pooling, "", "", OptionalInt.empty(), 512);
  }

  private static Embedder open(ModelFolder model) {
    return model.open(BundledModelContract.NATIVE_CODE, CORES);
  }

  private static void fill(Path folder, byte[] network, byte[] tokenizer) throws IOException {
    Files.write(folder.resolve("model.onnx"), network);
    Files.write(folder.resolve("tokenizer.json"), tokenizer);
  }

  private static void fill(Path folder) throws IOException {
    fill(folder, BundledModel.ENGLISH.network(), BundledModel.ENGLISH.tokenizer());
  }

  private EmbedderId id(ModelFolder model) {
    try (Embedder embedder = open(model)) {
      return embedder.id();
    }
  }

  /** As every embedder. */
  @Nested
  class Contract extends EmbedderContract {
    @TempDir private static Path shared;

    @Override
    protected Embedder open() throws IOException {
      fill(shared);
      return ModelFolderIT.open(pooled(shared, Pooling.MEAN));
    }
  }

  @Test
  void the_first_row_is_what_the_bundled_model_makes_of_the_text() throws Exception {
    fill(folder);
    String text = "the rotor must be balanced before the centrifuge is started.";
    try (Embedder own = open(pooled(folder, Pooling.CLS));
        Embedder mean = open(pooled(folder, Pooling.MEAN));
        Embedder last = open(pooled(folder, Pooling.LAST));
        Embedder bundled =
            BundledModels.open(
                BundledModel.ENGLISH,
                NativeLibraries.load(BundledModelContract.NATIVE_CODE),
                new EmbeddingWorkers(1, 1))) {
      assertThat(own.embedQuery(text).cosine(bundled.embedQuery(text))).isGreaterThan(0.99);
      assertThat(mean.embedQuery(text)).isNotEqualTo(own.embedQuery(text));
      assertThat(last.embedQuery(text)).isNotEqualTo(own.embedQuery(text));
      assertThat(own.cosinesAreKnown()).isFalse();
      assertThat(bundled.cosinesAreKnown()).isTrue();
    }
  }

  @Test
  void words_before_questions_and_passages_are_part_of_what_the_model_reads() throws Exception {
    fill(folder);
    ModelFolder prefixed =
        new ModelFolder(folder, Pooling.CLS, "query:", "passage:", OptionalInt.of(384), 512);
    try (Embedder plain = open(pooled(folder, Pooling.CLS));
        Embedder embedder = open(prefixed)) {
      assertThat(embedder.embedQuery("where")).isEqualTo(plain.embedQuery("query: where"));
      assertThat(embedder.embedPassages(List.of("there")))
          .containsExactly(plain.embedQuery("passage: there"));
    }
  }

  @Test
  void its_id_changes_with_the_files_and_with_what_changes_the_vectors() throws Exception {
    fill(folder);
    EmbedderId first = id(pooled(folder, Pooling.MEAN));
    assertThat(first.model()).isEqualTo(folder.getFileName().toString());
    assertThat(first.dimension()).isEqualTo(384);
    assertThat(id(pooled(folder, Pooling.MEAN))).isEqualTo(first);
    assertThat(id(new ModelFolder(folder, Pooling.MEAN, "query:", "", OptionalInt.empty(), 512)))
        .as("questions are embedded anew each time")
        .isEqualTo(first);
    assertThat(id(pooled(folder, Pooling.CLS))).isNotEqualTo(first);
    assertThat(id(new ModelFolder(folder, Pooling.MEAN, "", "passage:", OptionalInt.empty(), 512)))
        .isNotEqualTo(first);
    assertThat(id(new ModelFolder(folder, Pooling.MEAN, "", "", OptionalInt.empty(), 128)))
        .isNotEqualTo(first);
    byte[] tokenizer = BundledModel.ENGLISH.tokenizer();
    byte[] another = Arrays.copyOf(tokenizer, tokenizer.length + 1);
    another[tokenizer.length] = '\n';
    fill(folder, BundledModel.ENGLISH.network(), another);
    assertThat(id(pooled(folder, Pooling.MEAN))).isNotEqualTo(first);
  }

  @Test
  void a_text_is_cut_at_the_configured_length() throws Exception {
    fill(folder);
    try (Embedder embedder =
        open(new ModelFolder(folder, Pooling.MEAN, "", "", OptionalInt.empty(), 32))) {
      assertThat(embedder.maxTokens()).isEqualTo(32);
      assertThat(embedder.embedQuery("word ".repeat(30) + "and more"))
          .isEqualTo(embedder.embedQuery("word ".repeat(30) + "but other"));
    }
  }

  private void assertRefused(ModelFolder model, String... why) {
    assertThatThrownBy(() -> open(model))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageStartingWith("The model folder " + model.folder() + " cannot be used: ")
        .hasMessageContainingAll(why);
  }

  @Test
  void each_missing_file_is_named() throws Exception {
    ModelFolder model = pooled(folder, Pooling.MEAN);
    assertRefused(pooled(folder.resolve("none"), Pooling.MEAN), "there is no such folder");
    assertRefused(model, "it has no file model.onnx");
    Files.write(folder.resolve("model.onnx"), new byte[1_000]);
    assertRefused(model, "it has no file tokenizer.json");
    assertRefused(pooled(folder.resolve("model.onnx"), Pooling.MEAN), "it is a file");
  }

  @Test
  void a_damaged_file_is_named() throws Exception {
    fill(folder, new byte[1_000], BundledModel.ENGLISH.tokenizer());
    assertRefused(pooled(folder, Pooling.MEAN), "onnxruntime cannot load model.onnx");
    fill(folder, BundledModel.ENGLISH.network(), "{}".getBytes(StandardCharsets.UTF_8));
    assertRefused(pooled(folder, Pooling.MEAN), "tokenizer.json cannot be read");
  }

  @Test
  void another_dimension_than_the_configured_one_is_refused_with_both() throws Exception {
    fill(folder);
    assertRefused(
        new ModelFolder(folder, Pooling.MEAN, "", "", OptionalInt.of(768), 512), "384", "768");
  }

  @Test
  void a_length_that_the_model_does_not_bear_is_refused() throws Exception {
    fill(folder);
    assertRefused(
        new ModelFolder(folder, Pooling.MEAN, "", "", OptionalInt.empty(), 1_024),
        "1024 tokens",
        "max-tokens");
  }

  @Test
  void the_tokenizer_of_another_model_is_noticed_where_it_knows_more_words() throws Exception {
    fill(folder, BundledModel.CHINESE.network(), BundledModel.ENGLISH.tokenizer());
    assertRefused(pooled(folder, Pooling.MEAN), "tokenizer.json another model's");
  }

  @Test
  void a_model_that_reads_something_else_is_refused_with_what_it_reads() throws Exception {
    byte[] network = BundledModel.ENGLISH.network();
    String bytes = new String(network, StandardCharsets.ISO_8859_1);
    fill(
        folder,
        bytes.replace("token_type_ids", "pixel_type_ids").getBytes(StandardCharsets.ISO_8859_1),
        BundledModel.ENGLISH.tokenizer());
    assertRefused(pooled(folder, Pooling.MEAN), "pixel_type_ids", "input_ids");
  }
}

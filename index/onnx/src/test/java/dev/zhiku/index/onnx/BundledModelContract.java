package dev.zhiku.index.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.testing.EmbedderContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Behaviour of both bundled models beyond the contract of every embedder. */
abstract class BundledModelContract extends EmbedderContract {
  /** Shared by all tests: native code is loaded once per process. */
  static final Path NATIVE_CODE = Path.of("target", "native");

  /** More than half a minute of work, so that no machine is done with it before it is closed. */
  private static final int CALLS = 50;

  abstract BundledModel model();

  @Override
  protected final Embedder open() {
    int cores = Runtime.getRuntime().availableProcessors();
    return BundledModels.open(
        model(), NativeLibraries.load(NATIVE_CODE), new EmbeddingWorkers(cores, 1));
  }

  @Test
  void after_closing_calls_say_so() {
    Embedder other = open();
    other.close();
    assertThatThrownBy(() -> other.embedQuery("text"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> other.countTokens("text"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(other.id().model())
        .hasMessageContaining("closed");
  }

  @Test
  void closing_while_texts_are_embedded_waits_for_them_and_refuses_the_rest() throws Exception {
    for (int round = 0; round < 3; round++) {
      Embedder other = open();
      List<String> texts = Collections.nCopies(Embedder.MAX_TEXTS, "word ".repeat(600));
      List<FutureTask<List<Embedding>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        FutureTask<List<Embedding>> call = new FutureTask<>(() -> other.embedPassages(texts));
        Thread.ofVirtual().start(call);
        calls.add(call);
      }
      Thread.sleep(50L * round);
      other.close();
      int refused = 0;
      for (FutureTask<List<Embedding>> call : calls) {
        refused += isRefused(call) ? 1 : 0;
      }
      assertThat(refused).isPositive();
    }
  }

  /** Whether it was, and says so; embedded whole otherwise. */
  private static boolean isRefused(FutureTask<List<Embedding>> call) throws InterruptedException {
    try {
      assertThat(call.get()).hasSize(Embedder.MAX_TEXTS);
      return false;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
      return true;
    }
  }

  @Test
  void special_tokens_spelled_out_in_a_text_are_only_letters() {
    assertThat(embedder().countTokens("[SEP]")).isGreaterThan(embedder().countTokens("word"));
  }

  @Test
  void the_two_special_tokens_are_counted() {
    assertThat(embedder().countTokens("")).isEqualTo(2);
    assertThat(embedder().countTokens("中文")).isEqualTo(4);
    assertThat(embedder().maxTokens()).isEqualTo(512);
  }

  final double cosine(String a, String b) throws InterruptedException {
    return embedder().embedQuery(a).cosine(embedder().embedQuery(b));
  }

  final void assertNearer(String question, String near, String far) throws InterruptedException {
    assertThat(cosine(question, near)).isGreaterThan(cosine(question, far) + 0.05);
  }

  /**
   * Compares the first numbers of a vector with those recorded for the revision. When this fails
   * and the change is wanted, raise the recipe in {@link BundledModels} and record anew. The
   * tolerance is what another processor may do to 8-bit arithmetic.
   */
  final void assertRecorded(String text, double[] recorded) throws InterruptedException {
    float[] vector = embedder().embedQuery(text).toArray();
    double[] first = new double[recorded.length];
    Arrays.setAll(first, i -> vector[i]);
    assertThat(first).containsExactly(recorded, within(0.01));
  }
}

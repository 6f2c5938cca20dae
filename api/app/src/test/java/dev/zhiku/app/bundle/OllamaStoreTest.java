package dev.zhiku.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is copied out of a folder as Ollama makes it, and nothing of other models with it. */
class OllamaStoreTest {
  @TempDir private Path home;
  private Path models;
  private Path carried;
  private String weights;

  @BeforeEach
  void store() throws Exception {
    models = home.resolve("models");
    carried = home.resolve("stick");
    weights = blob("weights");
    blob("of another model");
    manifest(
        "registry.ollama.ai/library/tiny/7b",
        "{\"config\": {\"digest\": \"sha256:%s\"}, \"layers\": [{\"digest\": \"sha256:%s\"}]}"
            .formatted(blob("config"), weights));
  }

  private String blob(String content) throws IOException, NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Files.createDirectories(models.resolve("blobs"));
    Files.write(models.resolve("blobs/sha256-" + sum), bytes);
    return sum;
  }

  private void manifest(String name, String json) throws IOException {
    Path file = models.resolve("manifests").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  private Bundle copied(String model) throws IOException {
    Bundle bundle = Bundle.begin(carried);
    new OllamaStore(models).copy(model, bundle, "ollama");
    return bundle;
  }

  @Test
  void a_model_is_carried_with_its_manifest_and_its_own_blobs() throws Exception {
    Bundle bundle = copied("tiny:7b");

    assertThat(bundle.names())
        .hasSize(3)
        .contains(
            "ollama/manifests/registry.ollama.ai/library/tiny/7b",
            "ollama/blobs/sha256-" + weights);
    assertThat(carried.resolve("ollama/blobs/sha256-" + weights)).hasContent("weights");
  }

  @ParameterizedTest
  @CsvSource({
    "small, registry.ollama.ai/library/small/latest",
    "anna/small:1, registry.ollama.ai/anna/small/1",
    "hub.example/anna/small, hub.example/anna/small/latest"
  })
  void what_is_left_out_of_a_name_is_as_for_ollama(String model, String manifest) throws Exception {
    manifest(manifest, "{\"layers\": [{\"digest\": \"sha256:%s\"}]}".formatted(weights));

    assertThat(copied(model).names()).contains("ollama/manifests/" + manifest);
  }

  @Test
  void a_damaged_part_is_not_carried_in_silence() throws IOException {
    Files.writeString(models.resolve("blobs/sha256-" + weights), "bits that turned");

    assertThatThrownBy(() -> copied("tiny:7b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ollama pull tiny:7b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "../../x", "..", "a b"})
  void a_model_that_is_not_there_is_named(String model) {
    assertThatThrownBy(() -> copied(model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(model);
  }
}

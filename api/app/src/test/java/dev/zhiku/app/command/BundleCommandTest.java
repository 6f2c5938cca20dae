package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {
  @TempDir private Path home;

  private Ended bundle(String... options) throws IOException {
    Path archive = Files.writeString(home.resolve("zhiku-0.1.0-linux-x64.tar.gz"), "archive");
    Path gguf = Files.writeString(home.resolve("small.gguf"), "model");
    Path embedder = Files.createDirectories(home.resolve("两种语言"));
    Files.writeString(embedder.resolve("tokenizer.json"), "{}");
    Files.writeString(embedder.resolve("model.onnx"), "onnx");
    List<String> all =
        new ArrayList<>(
            List.of(
                "bundle",
                home.resolve("stick").toString(),
                "--archive",
                archive.toString(),
                "--gguf",
                gguf.toString(),
                "--embedder",
                embedder.toString()));
    all.addAll(List.of(options));
    return TypedCommand.run(home, all.toArray(String[]::new));
  }

  @Test
  void what_was_named_is_there_with_its_sums_and_how_it_is_put_in_place() throws Exception {
    Ended ended = bundle();

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    Path stick = home.resolve("stick");
    assertThat(stick.resolve("program/zhiku-0.1.0-linux-x64.tar.gz")).hasContent("archive");
    assertThat(stick.resolve("gguf/small.gguf")).hasContent("model");
    assertThat(stick.resolve("embedder/model.onnx")).hasContent("onnx");
    assertThat(Files.readString(stick.resolve("README.txt")))
        .contains("sha256sum -c SHA256SUMS", "model pull", "校验", "校驗")
        .contains("{backend: onnx-folder, onnx-folder: {path: FOLDER}}");
    List<String> sums = Files.readAllLines(stick.resolve("SHA256SUMS"));
    assertThat(sums).hasSizeGreaterThanOrEqualTo(5);
    for (String line : sums) {
      byte[] content = Files.readAllBytes(stick.resolve(line.substring(66)));
      assertThat(line)
          .startsWith(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }
  }

  @Test
  void a_folder_with_something_in_it_is_left_alone() throws IOException {
    Files.createDirectories(home.resolve("stick"));
    Files.writeString(home.resolve("stick/mine.txt"), "mine");

    Ended ended = bundle();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("not empty");
    assertThat(home.resolve("stick/README.txt")).doesNotExist();
  }

  @Test
  void a_model_that_is_not_there_is_named_and_the_bundle_is_no_whole_one() throws IOException {
    Ended ended = bundle("--ollama", home.toString(), "--ollama-model", "absent:7b");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("absent:7b", "not whole");
    assertThat(home.resolve("stick/SHA256SUMS")).doesNotExist();
  }
}

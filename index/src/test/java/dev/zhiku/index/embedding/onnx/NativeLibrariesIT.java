package dev.zhiku.index.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibrariesIT {
  private static final String OPENED = "opened bge-small-zh-v1.5-q bge-small-en-v1.5-q";

  @TempDir private Path directory;

  /** Started in a process of its own: native code is loaded once per process. */
  static final class OpenModels {
    private OpenModels() {}

    public static void main(String[] args) throws InterruptedException {
      try (Embedders embedders = BundledModels.open(Path.of(args[0]))) {
        StringBuilder opened = new StringBuilder("opened");
        for (Embedder embedder : embedders.all()) {
          embedder.embedQuery("question");
          opened.append(' ').append(embedder.id().model());
        }
        System.out.println(opened);
      } catch (EmbeddingException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void native_code_is_unpacked_below_the_directory_and_nowhere_else() throws Exception {
    Path nativeCode = directory.resolve("native");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path home = directory.resolve("home");
    assertThat(openModels(nativeCode, temporary, home)).contains(OPENED);
    List<Path> unpacked = files(nativeCode);
    assertThat(unpacked)
        .hasSize(3)
        .anyMatch(file -> file.toString().contains("onnxruntime4j_jni"))
        .anyMatch(file -> file.toString().contains("tokenizers"));
    assertThat(files(temporary)).isEmpty();
    assertThat(home).doesNotExist();

    cutShort(unpacked);
    assertThat(openModels(nativeCode, temporary, home))
        .as("after a crash while unpacking")
        .contains(OPENED);
    assertThat(files(nativeCode)).isEqualTo(unpacked);
  }

  private static void cutShort(List<Path> unpacked) throws IOException {
    for (Path file : unpacked) {
      if (file.toString().contains("onnxruntime4j_jni")) {
        Files.write(file, new byte[100]);
      }
    }
  }

  @Test
  void a_directory_that_cannot_be_made_is_named_with_what_is_needed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(openModels(file.resolve("native"), directory, directory))
        .contains("refused: Native code cannot be unpacked to " + file)
        .contains("must be writable");
  }

  @Test
  void the_tokenizers_library_is_offline_once_models_are_open() {
    NativeLibraries.load(BundledModelContract.NATIVE_CODE);
    assertThat(ai.djl.util.Utils.isOfflineMode()).isTrue();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64",
    "Linux, aarch64, linux-aarch64",
    "Windows Server 2022, amd64, win-x64",
    "Mac OS X, aarch64, osx-aarch64"
  })
  void four_platforms_have_native_code(String os, String arch, String platform) {
    assertThat(NativeLibraries.of(directory, os, arch).platform()).isEqualTo(platform);
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Windows 11, aarch64", "Mac OS X, x86_64", "AIX, ppc64"})
  void other_platforms_are_refused_with_those_that_work(String os, String arch) {
    assertThatThrownBy(() -> NativeLibraries.of(directory, os, arch))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageContaining(arch)
        .hasMessageContaining("Linux (x86-64, aarch64; glibc), Windows (x86-64) and macOS");
  }

  private static String openModels(Path nativeCode, Path temporary, Path home)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Duser.home=" + home);
    command.add(OpenModels.class.getName());
    command.add(nativeCode.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}

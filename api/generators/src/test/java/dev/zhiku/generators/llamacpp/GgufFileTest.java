package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
  private static final long SEED = 20_261_121;
  private final Path file;

  GgufFileTest(@TempDir Path folder) {
    this.file = folder.resolve("model.gguf");
  }

  @BeforeEach
  void write() {
    TinyModels.speaking().context(1_234).write(file);
  }

  @Test
  void the_head_says_what_is_needed_to_plan_a_prompt() throws Exception {
    GgufFile head = GgufFile.read(file);

    assertThat(head.architecture()).isEqualTo("llama");
    assertThat(head.contextTokens()).hasValue(1_234);
    assertThat(head.template()).hasValueSatisfying(t -> assertThat(t).contains("m.role"));
    assertThat(head.controlTokens())
        .containsExactly("<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>");
    assertThat(head.opening()).isEqualTo(OptionalInt.of(TinyModel.BEGIN));
    assertThat(head.leastBytes()).isLessThanOrEqualTo(Files.size(file));
  }

  @Test
  void wherever_the_head_is_cut_it_is_said_to_be_cut() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {8, 24, 100, 1_000, 5_000, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> GgufFile.read(file))
          .as("%s bytes", length)
          .isInstanceOfSatisfying(GgufFile.Malformed.class, e -> assertThat(e.isCut()).isTrue());
    }
  }

  @Test
  void another_format_or_version_is_told_apart() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "PK\u0003\u0004 and so on");
    assertThatThrownBy(() -> GgufFile.read(file)).hasMessageContaining("begin with GGUF");

    whole[4] = 9;
    Files.write(file, whole);
    assertThatThrownBy(() -> GgufFile.read(file)).hasMessageContaining("version 9");
  }

  @Test
  void whatever_a_broken_head_holds_it_is_read_within_limits_or_refused() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(SEED);
    System.out.println("broken heads: seed " + SEED);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      for (int n = 0; n < 8; n++) {
        broken[random.nextInt(8, 6_000)] = (byte) random.nextInt();
      }
      Files.write(file, broken);

      Throwable thrown = catchThrowable(() -> GgufFile.read(file));

      if (thrown != null) {
        assertThat(thrown).as("run %s", i).isInstanceOf(IOException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}

package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuCoresTest {
  private final Path cpus;

  CpuCoresTest(@TempDir Path cpus) {
    this.cpus = cpus;
  }

  @Test
  void two_threads_of_one_core_count_once() throws Exception {
    processor(0, "0,2");
    processor(1, "1,3");
    processor(2, "0,2");
    processor(3, "1,3");

    assertThat(CpuCores.forModel(cpus, 4)).isEqualTo(2);
  }

  @Test
  void a_container_that_gets_less_gets_less() throws Exception {
    for (int i = 0; i < 8; i++) {
      processor(i, Integer.toString(i));
    }

    assertThat(CpuCores.forModel(cpus, 2)).isEqualTo(2);
  }

  @Test
  void where_the_system_says_nothing_every_processor_counts() throws Exception {
    Files.createDirectory(cpus.resolve("cpu0"));

    assertThat(CpuCores.forModel(cpus, 3)).isEqualTo(3);
    assertThat(CpuCores.forModel(cpus.resolve("nowhere"), 3)).isEqualTo(3);
    assertThat(CpuCores.forModel()).isPositive();
  }

  private void processor(int number, String siblings) throws IOException {
    Path topology = Files.createDirectories(cpus.resolve("cpu" + number).resolve("topology"));
    Files.writeString(topology.resolve("thread_siblings_list"), siblings + "\n");
  }
}

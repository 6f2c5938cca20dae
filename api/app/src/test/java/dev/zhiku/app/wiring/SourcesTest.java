package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.ingest.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders may be answered from together. */
class SourcesTest {
  @TempDir Path home;

  private ZhikuConfig config(String folder, String data) {
    return new ConfigLoader(home, Map.of())
        .load(Optional.empty(), Map.of("folder", folder, "data", data));
  }

  @ParameterizedTest
  @CsvSource({"kb, kb", "., data", "kb, kb/a/b", "data/kb, data", "link, kb/data"})
  void a_source_around_or_inside_the_data_folder_is_refused(String folder, String data)
      throws IOException {
    Files.createSymbolicLink(home.resolve("link"), Files.createDirectories(home.resolve("kb")));

    assertThatThrownBy(() -> Sources.of(config(folder, data)))
        .isInstanceOfSatisfying(
            CannotStart.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CannotStart.Code.BAD_CONFIGURATION))
        .hasMessageContaining("--data");
  }

  @Test
  void folders_beside_one_another_are_taken() {
    assertThat(Sources.of(config("kb", "kb-data")))
        .extracting(source -> source.path().toString())
        .contains(home.resolve("kb").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_share", "人事_制度", "a.b-c_1", "2026"})
  void a_name_that_the_configuration_takes_is_the_name_of_a_source(String name) throws IOException {
    Path file = home.resolve("zhiku.yml");
    Files.writeString(file, "zhiku: {sources: [{name: \"%s\", path: kb}]}".formatted(name));

    ZhikuConfig config = new ConfigLoader(home, Map.of()).load(Optional.of(file), Map.of());

    assertThat(Sources.of(config)).extracting(SourceConfig::name).contains(name);
  }
}

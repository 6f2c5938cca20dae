package dev.zhiku.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.app.config.SourcesFile.Content;
import dev.zhiku.app.config.SourcesFile.Samples;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesFileTest {
  @TempDir private Path data;

  @Test
  void nothing_was_said_where_there_is_no_file() {
    assertThat(new SourcesFile(data).read()).isEqualTo(Content.NONE);
  }

  @Test
  void what_is_written_is_read_again() {
    SourceConfig source =
        new SourceConfig(
            "人事",
            data.resolve("a b/人事 'x': #1"),
            true,
            List.of("*.pdf"),
            List.of("old/**", "~*"),
            Duration.ofSeconds(90),
            false);
    Content content =
        Content.NONE
            .with(source)
            .with("人事", Standing.LEAVING)
            .with("knowledge", Standing.HELD)
            .with(Samples.KEPT);

    new SourcesFile(data).write(content);

    assertThat(new SourcesFile(data).read()).isEqualTo(content);
    assertThat(content.without("人事").added()).isEmpty();
    assertThat(content.without("人事").standings()).containsOnlyKeys("knowledge");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "added: [{name: a}]",
        "added: 7",
        "standings: {a: flying}",
        "samples: maybe",
        "{",
        "- a"
      })
  void a_file_that_says_something_else_is_named_and_not_guessed_at(String text) throws IOException {
    Files.writeString(data.resolve(SourcesFile.FILE_NAME), text);

    assertThatThrownBy(() -> new SourcesFile(data).read())
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining(SourcesFile.FILE_NAME);
  }
}

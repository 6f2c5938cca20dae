package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells a file that is elsewhere from one that is here. */
class CloudPlaceholderTest {
  private static final int ARCHIVE = 0x20;
  private static final int REPARSE_POINT = 0x400;

  @Test
  void files_whose_bytes_are_fetched_when_opened_are_placeholders() {
    assertThat(CloudPlaceholder.toldBy(ARCHIVE | REPARSE_POINT | 0x400000)).isTrue();
    assertThat(CloudPlaceholder.toldBy(ARCHIVE | 0x40000)).isTrue();
    assertThat(CloudPlaceholder.toldBy(ARCHIVE | 0x1000)).isTrue();
  }

  @Test
  void files_of_a_cloud_drive_that_are_here_are_not() {
    assertThat(CloudPlaceholder.toldBy(ARCHIVE)).isFalse();
    assertThat(CloudPlaceholder.toldBy(ARCHIVE | REPARSE_POINT)).isFalse();
  }

  @Test
  void an_ordinary_file_is_here(@TempDir Path directory) throws IOException {
    assertThat(CloudPlaceholder.is(Files.writeString(directory.resolve("a.txt"), "a"))).isFalse();
  }
}

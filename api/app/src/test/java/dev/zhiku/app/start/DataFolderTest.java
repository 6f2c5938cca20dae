package dev.zhiku.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the service owns is nobody else's to read. */
@DisabledOnOs(OS.WINDOWS)
class DataFolderTest {
  @TempDir Path home;

  @Test
  void a_new_data_folder_is_closed_to_others() throws IOException {
    DataFolder.open(home.resolve("a/data")).close();

    assertThat(permissions(home.resolve("a/data"))).isEqualTo("rwx------");
  }

  @Test
  void a_data_folder_that_was_open_to_others_is_closed() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    DataFolder.open(data).close();

    assertThat(permissions(data)).isEqualTo("rwx------");
  }

  @Test
  void the_folder_of_a_later_version_is_refused_untouched_and_can_be_opened_by_that_one()
      throws IOException {
    Path data = home.resolve("data");
    DataFolder.open(data).close();
    assertThat(data.resolve("format")).hasContent("" + DataFormat.CURRENT);
    Files.writeString(data.resolve("format"), (DataFormat.CURRENT + 1) + "\n");
    Path file = Files.writeString(data.resolve("settings.yml"), "of a later version");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> DataFolder.open(data))
          .isInstanceOfSatisfying(
              CannotStart.class, e -> assertThat(e.code().wireName()).isEqualTo("data-too-new"))
          .hasMessageContaining("later version")
          .hasMessageContaining("--data");
    }

    assertThat(permissions(file)).isEqualTo("rw-r--r--");
    assertThat(data.resolve("format")).hasContent("" + (DataFormat.CURRENT + 1));
  }

  @Test
  void a_folder_without_a_number_is_of_the_first_version_and_one_with_nonsense_is_refused()
      throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    DataFolder.open(data).close();
    assertThat(data.resolve("format")).hasContent("" + DataFormat.CURRENT);

    Files.writeString(data.resolve("format"), "new");

    assertThatThrownBy(() -> DataFolder.open(data))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("not the number of a format");
  }

  @Test
  void what_was_open_to_others_in_it_is_closed_and_the_rest_left() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    Path folder = Files.createDirectory(data.resolve("index"));
    Path file = Files.writeString(folder.resolve("segments_1"), "x");
    Path outside = Files.writeString(home.resolve("outside.txt"), "x");
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createSymbolicLink(data.resolve("link"), outside);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    DataFolder.open(data).close();

    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(outside)).isEqualTo("rw-r--r--");
  }

  @Test
  void what_is_made_in_it_is_closed_to_others() throws IOException {
    try (DataFolder data = DataFolder.open(home.resolve("data"))) {
      Path folder = data.folder("logs/old");
      data.announce(new DataFolder.Running("http://127.0.0.1:1", 1));

      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(home.resolve("data/logs"))).isEqualTo("rwx------");
      assertThat(permissions(home.resolve("data/running.properties"))).isEqualTo("rw-------");
    }
  }

  @Test
  void what_a_killed_instance_left_is_deleted_while_its_children_still_write() throws Exception {
    try (DataFolder data = DataFolder.open(home.resolve("data"))) {
      CountDownLatch begun = new CountDownLatch(1);
      Thread child = Thread.ofPlatform().start(() -> write(data.folder("tmp/parsers"), begun));
      begun.await();

      data.empty("tmp");
      child.join();
      data.empty("tmp");

      assertThat(home.resolve("data/tmp")).isEmptyDirectory();
    }
  }

  /** As one does that has not yet noticed that nobody reads what it says. */
  private static void write(Path folder, CountDownLatch begun) {
    for (int i = 0; i < 300; i++) {
      try {
        Path inner = Files.createDirectories(folder.resolve("page-" + i % 3));
        Files.writeString(inner.resolve("picture-" + i), "picture");
      } catch (IOException gone) {
        // Its folder was deleted under it.
      }
      begun.countDown();
    }
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}

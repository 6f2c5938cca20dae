package dev.zhiku.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** T32: what the service owns is nobody else's to read. */
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

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}

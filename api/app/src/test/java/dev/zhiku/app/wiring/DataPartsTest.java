package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.backup.BackupPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPartsTest {
  @TempDir private Path data;

  @Test
  void what_lies_in_the_folder_is_copied_as_it_was_though_it_goes_meanwhile() throws IOException {
    Files.writeString(data.resolve("words.txt"), "pump = Pumpe\n");
    for (String passing : List.of("room-to-write", "zhiku.lock", "settings.yml.new")) {
      Files.writeString(data.resolve(passing), "x");
    }

    List<BackupPart> parts = DataParts.settings(data);
    Files.delete(data.resolve("words.txt"));

    assertThat(parts).extracting(BackupPart::name).containsExactly("words.txt");
    try (InputStream in = parts.getFirst().source().open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("pump = Pumpe\n");
    }
  }
}

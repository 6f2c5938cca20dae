package dev.zhiku.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.http.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupControllerTest {
  @TempDir private Path folder;

  @Test
  void a_backup_is_made_beside_the_data_and_described() throws IOException {
    AtomicInteger released = new AtomicInteger();
    try (TestServer server = TestServer.start(folder)) {
      server.held =
          new Backups.Held(
              Map.of("index", 3L),
              List.of(BackupPart.of("words.txt", new byte[] {'w'})),
              Duration.ofMillis(7),
              released::incrementAndGet);

      HttpResponse<String> response = server.postJson("/backup", "{}");

      assertThat(response.statusCode()).isEqualTo(201);
      Map<String, Object> made = server.json(response);
      assertThat(made).containsEntry("parts", 1).containsEntry("pause_millis", 7);
      assertThat(made).containsEntry("epochs", Map.of("index", 3));
      Path file = folder.resolve(String.valueOf(made.get("file")));
      assertThat(made.get("bytes")).hasToString(String.valueOf(file.toFile().length()));
      assertThat(new BackupArchive(file, Optional.empty(), "0.1.0").verify().parts()).hasSize(1);
      assertThat(released).hasValue(1);
    }
  }

  @Test
  void a_backup_that_cannot_be_made_leaves_nothing() {
    try (TestServer server = TestServer.start(folder)) {
      AtomicInteger released = new AtomicInteger();
      server.held =
          new Backups.Held(
              Map.of(),
              List.of(
                  new BackupPart(
                      "words.txt",
                      () -> {
                        throw new IOException("no such file");
                      })),
              Duration.ZERO,
              released::incrementAndGet);

      assertThat(server.postJson("/backup", "{}").statusCode()).isEqualTo(500);

      assertThat(folder).isDirectoryNotContaining("glob:**zhiku-*");
      assertThat(released).hasValue(1);
    }
  }
}

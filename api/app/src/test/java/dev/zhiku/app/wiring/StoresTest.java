package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.pipeline.TextWatch;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.webhooks.ServiceEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the owners of the service leave behind when one that comes later cannot be opened. */
@Timeout(300)
@Isolated("counts the child processes of this JVM")
class StoresTest {
  @TempDir private Path home;

  private ZhikuConfig config(Map<String, String> options) {
    return new ConfigLoader(home, Map.of()).load(Optional.empty(), options);
  }

  /** A child that was told to end takes a moment to be gone. */
  private static void awaitChildren(long count) throws InterruptedException {
    while (ProcessHandle.current().children().count() != count) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void an_ingest_that_cannot_start_stops_its_parsers_and_leaves_the_stores_to_their_owner()
      throws Exception {
    ZhikuConfig away =
        config(
            Map.of(
                "embedding.backend", "ollama", "embedding.ollama.base-url", "http://127.0.0.1:1"));
    long children = ProcessHandle.current().children().count();

    try (DataFolder data = DataFolder.open(away.data());
        Stores stores = Stores.open(away, data)) {
      CannotStart refusal =
          catchThrowableOfType(
              CannotStart.class,
              () ->
                  Ingesting.open(
                      away,
                      SourceBook.open(away, data.root()),
                      data,
                      stores,
                      new Meters(),
                      TextWatch.NONE,
                      ServiceEvents.NONE));

      assertThat(refusal.code()).isEqualTo(CannotStart.Code.EMBEDDER_AWAY);
      assertThat(refusal.getSuppressed()).isEmpty();
      awaitChildren(children);
      assertThat(stores.ledger().queue().depth()).isZero();
    }
  }

  @Test
  void stores_that_were_closed_can_be_opened_again() throws Exception {
    ZhikuConfig config = config(Map.of("embedding.backend", "hashing"));

    for (int start = 0; start < 2; start++) {
      try (DataFolder data = DataFolder.open(config.data());
          Stores stores = Stores.open(config, data)) {
        assertThat(stores.embedders().all()).isNotEmpty();
        assertThat(stores.ledger().queue().depth()).isZero();
      }
      assertThat(config.data().resolve("db/catalog.seal")).exists();
    }
  }

  @Test
  void stores_that_cannot_all_be_opened_are_closed_again() throws Exception {
    ZhikuConfig config = config(Map.of("embedding.backend", "hashing"));

    try (DataFolder data = DataFolder.open(config.data())) {
      Path db = data.root().resolve("db");
      Files.createFile(db);
      assertThat(catchThrowableOfType(RuntimeException.class, () -> Stores.open(config, data)))
          .hasMessageContaining(db.toString())
          .hasNoSuppressedExceptions();

      Files.delete(db);
      Stores.open(config, data).close();
    }
  }
}

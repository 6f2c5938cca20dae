package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.SourcesFile;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.pipeline.TextWatch;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.server.sources.SourceControl;
import dev.zhiku.server.sources.SourceControlContract;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.webhooks.ServiceEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sources of a service with real stores, and what is read back of them. */
class ManagedSourcesIT extends SourceControlContract {
  private Optional<OpenParts> opened = Optional.empty();

  private ZhikuConfig config() {
    return new ConfigLoader(home, Map.of())
        .load(
            Optional.empty(),
            Map.of("folder", "own", "data", "data", "embedding.backend", "hashing"));
  }

  @Override
  protected SourceControl sources() throws Exception {
    ZhikuConfig config = config();
    return OpenParts.open(
        parts -> {
          opened = Optional.of(parts);
          DataFolder data = parts.keep("data", DataFolder.open(config.data()));
          Stores stores = parts.keep("stores", Stores.open(config, data));
          SourceBook book = SourceBook.open(config, data.root());
          Ingesting ingesting =
              parts.keep(
                  "ingest",
                  Ingesting.open(
                      config,
                      book,
                      data,
                      stores,
                      new Meters(),
                      TextWatch.NONE,
                      ServiceEvents.NONE));
          return new ManagedSources(book, ingesting.service(), stores.ledger());
        });
  }

  @AfterEach
  void close() {
    opened.ifPresent(OpenParts::close);
  }

  @Test
  void what_was_said_is_there_after_a_restart() throws Exception {
    SourceControl before = sources();
    Path share = Files.createDirectories(home.resolve("share"));
    before.add(SourceConfig.of("share", share));
    before.add(SourceConfig.of("other", Files.createDirectories(home.resolve("other"))));
    before.hold(CONFIGURED);
    before.remove("other", false);
    close();

    SourceControl after = sources();

    assertThat(after.list()).extracting(s -> s.config().name()).contains("share", "other");
    assertThat(after.list())
        .extracting(SourceControl.Managed::standing)
        .contains(Standing.HELD, Standing.LEAVING, Standing.WATCHED);
    assertThat(after.remove("other", true)).contains(0);
    close();
    assertThat(sources().list()).extracting(s -> s.config().name()).doesNotContain("other");
  }

  @Test
  void an_added_source_that_the_configuration_has_meanwhile_keeps_the_service_from_starting()
      throws Exception {
    SourceControl before = sources();
    before.add(SourceConfig.of("share", Files.createDirectories(home.resolve("share"))));
    close();
    ZhikuConfig changed =
        new ConfigLoader(home, Map.of())
            .load(Optional.empty(), Map.of("folder", "share/inner", "data", "data"));

    assertThatThrownBy(() -> SourceBook.open(changed, home.resolve("data")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(SourcesFile.FILE_NAME);
  }
}

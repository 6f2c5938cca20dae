package dev.zhiku.ingest.service;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ingest of one folder {@code knowledge}, with a real catalogue and an index in memory. */
final class OneFolder implements AutoCloseable {
  final Path folder;
  final RunningIngest ingest;
  private final CatalogFixture catalog;
  private final InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();

  /**
   * @param directory for the folder and everything the service owns
   */
  OneFolder(Path directory) throws IOException, InterruptedException {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    catalog = CatalogFixture.open(directory.resolve("db"));
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", folder)),
            CrashChild.QUICK,
            directory.resolve("data"),
            catalog.ledger(),
            index);
  }

  @Override
  public void close() {
    ingest.close();
    index.close();
    catalog.close();
  }
}

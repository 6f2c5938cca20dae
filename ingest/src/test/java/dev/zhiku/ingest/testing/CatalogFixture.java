package dev.zhiku.ingest.testing;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Optional;

/** The real catalogue on an H2 file, in a context of its own. */
public final class CatalogFixture implements AutoCloseable {
  private final ApplicationContext context;
  private final Path directory;
  private final Optional<String> damage;

  private CatalogFixture(ApplicationContext context, Path directory, Optional<String> damage) {
    this.context = context;
    this.directory = directory;
    this.damage = damage;
  }

  /** Opens the catalogue in the directory, or makes one. */
  public static CatalogFixture open(Path directory) {
    return open(directory, 0);
  }

  /** The same beside an index at this epoch. */
  public static CatalogFixture open(Path directory, long indexEpoch) {
    CatalogDatabase.Prepared prepared = CatalogDatabase.prepare(directory, indexEpoch);
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(prepared.properties())
            .start();
    return new CatalogFixture(context, directory, prepared.damage());
  }

  /** What was found when it was opened. */
  public Optional<String> damage() {
    return damage;
  }

  public DocumentLedger ledger() {
    return context.getBean(DocumentLedger.class);
  }

  @Override
  public void close() {
    context.close();
    CatalogDatabase.seal(directory);
  }
}

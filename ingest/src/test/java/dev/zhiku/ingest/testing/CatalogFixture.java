package dev.zhiku.ingest.testing;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;

/** The real catalogue on an H2 file, in a context of its own. */
public final class CatalogFixture implements AutoCloseable {
  private final ApplicationContext context;

  private CatalogFixture(ApplicationContext context) {
    this.context = context;
  }

  /** Opens the catalogue in the directory, or makes one. */
  public static CatalogFixture open(Path directory) {
    return new CatalogFixture(
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(CatalogDatabase.prepare(directory))
            .start());
  }

  public DocumentLedger ledger() {
    return context.getBean(DocumentLedger.class);
  }

  @Override
  public void close() {
    context.close();
  }
}

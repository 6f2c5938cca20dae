package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import java.util.List;

/** Index and catalogue with their health, and the embedders that the index has vectors of. */
final class Stores implements AutoCloseable {
  private final OpenParts parts;
  private final StoreHealth health;
  private final OpeningEmbedders embedders;
  private final LiveIndex index;
  private final DocumentLedger ledger;

  private Stores(OpenParts parts, ZhikuConfig config, DataFolder data) throws InterruptedException {
    this.parts = parts;
    embedders =
        parts.keep("The embedders", OpeningEmbedders.begin(EmbedderFactory.of(config, data)));
    health = new StoreHealth(new DiskGuard(List.of(data.root()), config.ingest().keepFreeBytes()));
    index = parts.keep("The index", StoreFactory.index(data.folder("index"), health));
    ledger = StoreFactory.catalogue(parts, data.folder("db"), index.ingesting(), health);
  }

  /** Opens the stores; the embedders may still be opening then. */
  static Stores open(ZhikuConfig config, DataFolder data) throws InterruptedException {
    return OpenParts.open(parts -> new Stores(parts, config, data));
  }

  StoreHealth health() {
    return health;
  }

  LiveIndex index() {
    return index;
  }

  DocumentLedger ledger() {
    return ledger;
  }

  /**
   * Waits until the embedders are open.
   *
   * @throws CannotStart if they cannot be opened
   */
  Embedders embedders() throws InterruptedException {
    return embedders.await(index.answering());
  }

  @Override
  public void close() {
    parts.close();
  }
}

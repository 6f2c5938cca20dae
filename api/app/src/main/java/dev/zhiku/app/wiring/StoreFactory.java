package dev.zhiku.app.wiring;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import dev.zhiku.ingest.health.IndexPatrol;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.health.StoreHealth.Store;
import dev.zhiku.ingest.service.IngestService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** Opens what is sound of the stores and writes down what is not. */
final class StoreFactory {
  private StoreFactory() {}

  static LiveIndex index(Path folder, StoreHealth health) {
    LiveIndex opened = LiveIndex.open(new IndexGenerations(folder, LuceneSettings.DEFAULT));
    opened
        .verifiedWhenOpened()
        .ifPresent(
            found -> {
              health.indexVerified(Instant.now());
              if (!found.isSound()) {
                health.damaged(Store.INDEX, Instant.now(), IndexPatrol.describe(found));
              }
            });
    return opened;
  }

  /**
   * Opens the catalogue, in a context of Micronaut's of its own.
   *
   * @param parts that keep what is opened; on closing, the file is sealed after the context
   */
  static DocumentLedger catalogue(
      OpenParts parts, Path folder, KnowledgeIndex index, StoreHealth health)
      throws InterruptedException {
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      epoch = snapshot.epoch();
    }
    CatalogDatabase.Prepared prepared = CatalogDatabase.prepare(folder, epoch);
    prepared.damage().ifPresent(damage -> health.damaged(Store.CATALOGUE, Instant.now(), damage));
    parts.keep("The catalogue", () -> CatalogDatabase.seal(folder));
    return parts
        .keep("The beans of the catalogue", Beans.start(prepared.properties()))
        .getBean(DocumentLedger.class);
  }

  static IndexPatrol patrol(LiveIndex index, StoreHealth health, IngestService ingest) {
    return IndexPatrol.start(
        index, health, ingest::reconcile, Clock.systemUTC(), IndexPatrol.EVERY);
  }
}

package dev.zhiku.api;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import dev.zhiku.ingest.health.IndexPatrol;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.health.StoreHealth.Store;
import dev.zhiku.ingest.service.IngestService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Opens what is sound of the stores and writes down what is not. */
final class StoreOpening {
  private StoreOpening() {}

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

  /** Properties of the catalogue's database. */
  static Map<String, Object> catalogue(Path folder, KnowledgeIndex index, StoreHealth health)
      throws InterruptedException {
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      epoch = snapshot.epoch();
    }
    CatalogDatabase.Prepared prepared = CatalogDatabase.prepare(folder, epoch);
    prepared.damage().ifPresent(damage -> health.damaged(Store.CATALOGUE, Instant.now(), damage));
    return prepared.properties();
  }

  static IndexPatrol patrol(LiveIndex index, StoreHealth health, IngestService ingest) {
    return IndexPatrol.start(
        index, health, ingest::reconcile, Clock.systemUTC(), IndexPatrol.EVERY);
  }
}

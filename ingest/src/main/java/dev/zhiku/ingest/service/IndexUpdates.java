package dev.zhiku.ingest.service;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.reconcile.ThreeWayReconcile;
import dev.zhiku.ingest.source.IndexEffects;
import dev.zhiku.ingest.work.CommitGroup;
import dev.zhiku.ingest.work.WorkSignal;

/** Changes of the folders, carried into the index. Thread-safe. */
record IndexUpdates(KnowledgeIndex index, CommitGroup group, WorkSignal signal)
    implements IndexEffects {
  @Override
  public void vanished(DocumentId id) throws InterruptedException {
    FaultPoint.AFTER_VANISH.hit();
    group.remove(id);
  }

  @Override
  public void refused(DocumentId id) throws InterruptedException {
    FaultPoint.AFTER_REFUSE.hit();
    index.remove(id);
    group.touch();
  }

  @Override
  public void moved(DocumentId id, String path) throws InterruptedException {
    FaultPoint.AFTER_MOVE.hit();
    index.describe(id, stored -> ThreeWayReconcile.withPath(stored, path));
    FaultPoint.AFTER_DESCRIBE.hit();
    group.touch();
  }

  @Override
  public void due() {
    signal.call();
  }
}

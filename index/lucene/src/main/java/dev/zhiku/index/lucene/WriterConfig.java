package dev.zhiku.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configuration of Lucene's writer: its buffer, and when segments are merged and by whom. */
final class WriterConfig {
  private static final Logger LOG = LoggerFactory.getLogger(WriterConfig.class);

  /** Segments below this size count as one size; merging them away costs little. */
  private static final double FLOOR_SEGMENT_MEGABYTES = 2;

  private WriterConfig() {}

  /**
   * The configuration of one writer.
   *
   * @param commits which commits stay on the disk
   */
  static IndexWriterConfig of(
      LuceneSettings settings, FieldBoosts boosts, IndexDeletionPolicy commits) {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setRAMBufferSizeMB(settings.ramBufferMegabytes());
    config.setCodec(VectorCodec.create());
    config.setIndexDeletionPolicy(commits);
    config.setSimilarity(boosts.similarity());
    config.setMergePolicy(merges(settings));
    config.setMergeScheduler(new LoggedMerges());
    config.setMaxFullFlushMergeWaitMillis(0);
    config.setCommitOnClose(false);
    return config;
  }

  private static MergePolicy merges(LuceneSettings settings) {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setSegmentsPerTier(settings.segmentsPerTier());
    merges.setFloorSegmentMB(FLOOR_SEGMENT_MEGABYTES);
    merges.setForceMergeDeletesPctAllowed(0);
    return merges;
  }

  /** Merges in the background; a failed one is tried again after the next change. */
  private static final class LoggedMerges extends ConcurrentMergeScheduler {
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // no result depends on it, only who waits for whom
    protected synchronized MergeThread getMergeThread(
        MergeSource source, MergePolicy.OneMerge merge) throws IOException {
      MergeThread thread = super.getMergeThread(source, merge);
      thread.setPriority(Thread.MIN_PRIORITY);
      return thread;
    }

    @Override
    protected void handleMergeException(Throwable failure) {
      LOG.warn("Merging segments failed and will be tried again: {}", failure.toString());
    }
  }
}

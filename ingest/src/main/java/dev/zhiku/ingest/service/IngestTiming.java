package dev.zhiku.ingest.service;

import dev.zhiku.ingest.source.SourceTiming;
import java.time.Duration;

/**
 * Pauses and time limits of the ingest.
 *
 * @param source of each watched folder
 * @param upkeep pause between two rounds of the upkeep
 * @param leaseRenewal pause between two renewals of the leases of claimed files
 * @param compaction pause between two compactions of the catalogue's file
 * @param storagePause before work goes on after a fault
 * @param reopeningPause before the catalogue is opened again after a fault has closed it
 * @param samplesWait the longest that the samples wait for the first scan of the user's own folders
 * @param stop how long each thread is waited for
 * @param reconcileEvery pause between comparisons of catalogue and index. Every difference known to
 *     arise is repaired where it arises; this bounds how long one that nobody thought of can last,
 *     and costs two small reads where nothing has changed
 */
public record IngestTiming(
    SourceTiming source,
    Duration upkeep,
    Duration leaseRenewal,
    Duration compaction,
    Duration storagePause,
    Duration reopeningPause,
    Duration samplesWait,
    Duration stop,
    Duration reconcileEvery) {
  public static final IngestTiming DEFAULT = of(SourceTiming.DEFAULT);

  /** The usual, with a timing of the folders of one's own. */
  public static IngestTiming of(SourceTiming source) {
    return new IngestTiming(
        source,
        Duration.ofMillis(500),
        Duration.ofSeconds(20),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofHours(1));
  }
}

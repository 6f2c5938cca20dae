package dev.zhiku.ingest.service;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.source.HashRounds;
import dev.zhiku.ingest.source.IndexEffects;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.work.StopSignal;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that finds files whose bytes changed though nothing shows it, one source after
 * another.
 */
final class UnchangedFilesCheck {
  private static final Logger LOG = LoggerFactory.getLogger(UnchangedFilesCheck.class);

  private final SourceFolders folders;
  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Clock clock;
  private final IngestTiming timing;
  private final StopSignal stop;
  private final Thread thread = IngestThreads.background("zhiku-hash-rounds", this::run);

  UnchangedFilesCheck(
      SourceFolders folders,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock,
      IngestTiming timing,
      StopSignal stop) {
    this.folders = folders;
    this.ledger = ledger;
    this.effects = effects;
    this.clock = clock;
    this.timing = timing;
    this.stop = stop;
  }

  private HashRounds rounds(SourceFolder folder) {
    return new HashRounds(
        folder, ledger, effects, clock, HashRounds.Limits.DEFAULT, this::restOfTheRound);
  }

  /** Whether the round may go on. */
  private boolean restOfTheRound(Duration most) throws InterruptedException {
    stop.rest(most);
    return stop.running();
  }

  void start() {
    thread.start();
  }

  void join() {
    IngestThreads.join(thread, timing.stop());
  }

  private void run() {
    while (stop.running()) {
      try {
        stop.rest(HashRounds.Limits.DEFAULT.rest());
        for (SourceFolder folder : folders.all()) {
          if (!folder.config().sample() && !folder.isGone()) {
            rounds(folder).step();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        stop.restQuietly(timing.storagePause());
      } catch (RuntimeException e) {
        LOG.warn("Reading unchanged files again goes on after a fault", e);
        stop.restQuietly(timing.storagePause());
      }
    }
  }
}

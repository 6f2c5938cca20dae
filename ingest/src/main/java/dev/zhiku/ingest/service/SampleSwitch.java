package dev.zhiku.ingest.service;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.source.SourceConfig;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy for sample documents: they are answered from until the user has a file of their own,
 * and then go for good. {@link #takeUp} and {@link #switchOffIfDue} are called by one thread at a
 * time, everything else by any.
 */
final class SampleSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(SampleSwitch.class);

  /** Waits for the end of the thread that watches a source. */
  interface WatchEnd {
    void await(String source) throws InterruptedException;
  }

  private final Supplier<List<SourceConfig>> sources;
  private final DocumentLedger ledger;
  private final SourceDocuments documents;
  private volatile boolean off;
  private boolean gone;

  /**
   * @param sources as they are when it is asked
   */
  SampleSwitch(
      Supplier<List<SourceConfig>> sources, DocumentLedger ledger, SourceDocuments documents) {
    this.sources = sources;
    this.ledger = ledger;
    this.documents = documents;
  }

  /** Reads from the catalogue whether there are samples that are not switched off. */
  void takeUp() {
    gone = sources.get().stream().noneMatch(source -> source.sample() && !isOff(source));
    off = gone;
  }

  /** Whether the samples are not to be watched any more. */
  boolean isOff() {
    return off;
  }

  /** Whether the source was switched off, as the catalogue says. */
  boolean isOff(SourceConfig source) {
    return ledger.source(source.name()).map(SourceRecord::off).orElse(false);
  }

  boolean ownFilesExist() {
    List<String> own =
        sources.get().stream().filter(source -> !source.sample()).map(SourceConfig::name).toList();
    return ledger.countWanted(own) > 0;
  }

  /** The samples go, for good, when the first own file is there; tried again after a fault. */
  void switchOffIfDue(WatchEnd watching) throws InterruptedException {
    if (gone || !(off || ownFilesExist())) {
      return;
    }
    off = true;
    for (SourceConfig source : sources.get()) {
      if (source.sample()) {
        watching.await(source.name());
        switchOff(source);
      }
    }
    gone = true;
  }

  private void switchOff(SourceConfig source) throws InterruptedException {
    Phrase why = IngestText.of("samples.off");
    documents.remove(source.name());
    // Last: a start that finds the source off leaves alone whatever is still there of it.
    ledger.source(source.name()).ifPresent(record -> ledger.write(record.switchOff(why)));
    FaultPoint.AFTER_SWITCH_OFF.hit();
    LOG.info("The first own file has arrived; source {} is switched off.", source.name());
  }
}

package dev.zhiku.ingest.service;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.outcome.SteadyClock;
import dev.zhiku.ingest.reconcile.ReadAgain;
import dev.zhiku.ingest.source.FolderSourceFiles;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.ingest.work.ClaimsAhead;
import dev.zhiku.ingest.work.CommitGroup;
import dev.zhiku.ingest.work.Committer;
import dev.zhiku.ingest.work.DueClock;
import dev.zhiku.ingest.work.IngestWorker;
import dev.zhiku.ingest.work.OutcomeRecorder;
import dev.zhiku.ingest.work.ReconcileSchedule;
import dev.zhiku.ingest.work.ResultWatch;
import dev.zhiku.ingest.work.StopSignal;
import dev.zhiku.ingest.work.Throughput;
import dev.zhiku.ingest.work.WorkSignal;
import dev.zhiku.ingest.work.WorkerCrew;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The parts of the ingest, put together: it makes them, starts them, and stops them in the order
 * that loses no work.
 */
final class IngestEngine implements AutoCloseable {
  private final IngestService.Parts parts;
  private final StopSignal stop = new StopSignal();
  private final WorkSignal signal = new WorkSignal();
  private final DueClock clock;
  private final CommitGroup group;
  private final ReconcileSchedule schedule;
  private final SourceFolders folders;
  private final SourceDocuments documents;
  private final FolderSourceFiles files;
  private final WorkerCrew crew;
  private final Committer committer;
  private final CatalogueRecovery recovery;
  private final SourceWatchers watchers;
  private final UnchangedFilesCheck unchangedFiles;
  private final Upkeep upkeep;

  IngestEngine(IngestService.Parts parts, long indexEpoch) {
    this.parts = parts;
    DocumentLedger ledger = parts.ledger();
    KnowledgeIndex index = parts.index();
    IngestTiming timing = parts.timing();
    StoreHealth health = parts.health();
    clock = new DueClock(new SteadyClock(parts.clock(), System::nanoTime), ledger, signal);
    Clock time = clock.clock();
    group = new CommitGroup(index, ledger, indexEpoch);
    schedule =
        new ReconcileSchedule(timing.reconcileEvery(), ledger::epoch, index, System::nanoTime);
    IndexUpdates updates = new IndexUpdates(index, group, signal);
    folders = new SourceFolders(parts.sources(), timing.source(), ledger, updates, time);
    Trash trash = new Trash(parts.trash(), time);
    files =
        new FolderSourceFiles(
            folders::byName,
            ledger,
            updates,
            group::await,
            trash,
            parts.maxUploadBytes(),
            health.disk(),
            time);
    Throughput throughput = new Throughput(ledger);
    OutcomeRecorder recorder =
        new OutcomeRecorder(ledger, parts.pipeline(), group, throughput, signal, time);
    crew =
        new WorkerCrew(
            new IngestWorker.Shared(
                ledger,
                parts.pipeline(),
                recorder,
                folders,
                signal,
                new ClaimsAhead(ledger, clock),
                clock,
                health.disk()),
            parts.limits().workers());
    committer =
        new Committer(
            new Committer.Shared(group, ledger, index, health.disk(), schedule, signal, time),
            stop);
    documents = new SourceDocuments(ledger, group, time);
    SampleSwitch samples = new SampleSwitch(folders::sources, ledger, documents);
    recovery = new CatalogueRecovery(parts, samples, crew, folders, schedule, time);
    watchers = new SourceWatchers(folders, samples, health.disk(), timing, stop);
    unchangedFiles = new UnchangedFilesCheck(folders, ledger, updates, time, timing, stop);
    StoreComparison comparison =
        new StoreComparison(parts, folders, group, schedule, samples, signal, time);
    upkeep =
        new Upkeep(
            timing,
            stop,
            clock,
            health.disk(),
            List.of(
                recovery::reopenIfClosed,
                () -> workOnceCompared(comparison),
                comparison::noteRepaired,
                () -> samples.switchOffIfDue(watchers::awaitEnd),
                throughput::write,
                Upkeep.every(timing.leaseRenewal(), crew::renewLeases),
                Upkeep.every(timing.compaction(), ledger::compact),
                Upkeep.daily(time, trash::purge)));
  }

  /** Files are watched for and read only after catalogue and index were compared. */
  private void workOnceCompared(StoreComparison comparison) throws InterruptedException {
    if (comparison.runIfDue()) {
      watchers.start();
      crew.start(parts.ledger().queue().paused());
    }
  }

  /** Starts all threads; nothing else may have been called before. */
  void start(Map<String, Standing> standings) throws InterruptedException {
    if (group.isAhead()) {
      parts
          .health()
          .damaged(
              StoreHealth.Store.INDEX,
              clock.now(),
              "The index is older than the catalogue; what it lacks is read again.");
    }
    recovery.takeUp();
    for (SourceFolder folder : folders.all()) {
      Standing standing = standings.getOrDefault(folder.config().name(), Standing.WATCHED);
      if (standing != Standing.WATCHED) {
        folder.stand(standing);
      }
    }
    files.clearStaging();
    committer.start();
    upkeep.start();
    unchangedFiles.start();
  }

  SourceFolders folders() {
    return folders;
  }

  SourceFiles files() {
    return files;
  }

  /**
   * Watches one more source, of which nothing is known.
   *
   * @throws IllegalArgumentException if it does not fit to the others
   */
  void add(SourceConfig source) {
    synchronized (folders) {
      SourceFolder folder = folders.add(source);
      String root = source.path().toAbsolutePath().normalize().toString();
      parts.ledger().join(SourceRecord.unseen(source.name(), root));
      watchers.add(folder);
    }
  }

  /**
   * Takes a source with all its documents out.
   *
   * @return how many documents they were
   */
  int remove(SourceFolder folder) throws InterruptedException {
    String name = folder.config().name();
    folder.leave();
    watchers.awaitEnd(name);
    int count = documents.remove(name);
    group.await();
    synchronized (folders) {
      folders.remove(name);
      parts.ledger().leave(name);
    }
    return count;
  }

  void setPaused(boolean paused) {
    parts.ledger().pause(paused);
    crew.pause(paused);
    signal.call();
  }

  /**
   * Puts files back into the queue.
   *
   * @return how many
   */
  int readAgain(String source, String path) throws InterruptedException {
    int count =
        new ReadAgain(parts.ledger(), parts.index(), group).below(source, path, clock.now());
    signal.call();
    return count;
  }

  void watchedBy(ResultWatch watch) {
    group.watchedBy(watch);
  }

  void recognizeWith(Extractor recognizer) {
    parts.pipeline().recognizeWith(recognizer);
    // After the next comparison they work again, one of them on what waits for recognition.
    crew.dismiss();
    schedule.now();
  }

  void compareSoon() {
    schedule.now();
  }

  /** Stops all threads: files on their way are handed back, finished ones committed. */
  @Override
  public void close() {
    stop.stop();
    signal.call();
    crew.stop();
    watchers.join();
    upkeep.join();
    unchangedFiles.join();
    committer.close();
    folders.close();
  }
}

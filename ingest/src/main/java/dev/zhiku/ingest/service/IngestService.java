package dev.zhiku.ingest.service;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.Settlement;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.health.DiskState;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.outcome.FaultPoints;
import dev.zhiku.ingest.outcome.Note;
import dev.zhiku.ingest.outcome.SteadyClock;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.pipeline.SourceDocument;
import dev.zhiku.ingest.reconcile.ReadAgain;
import dev.zhiku.ingest.reconcile.ThreeWayReconcile;
import dev.zhiku.ingest.source.FolderSourceFiles;
import dev.zhiku.ingest.source.HashRounds;
import dev.zhiku.ingest.source.IndexEffects;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.ingest.work.CommitGroup;
import dev.zhiku.ingest.work.Committer;
import dev.zhiku.ingest.work.IngestWorker;
import dev.zhiku.ingest.work.Pace;
import dev.zhiku.ingest.work.ReconcileSchedule;
import dev.zhiku.ingest.work.RetryPauses;
import dev.zhiku.ingest.work.Wakeup;
import dev.zhiku.ingest.work.WorkerCrew;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index as the folders are: watches them, reads what is new or changed, forgets what is
 * gone, and starts again where it was after any end. Everything it knows is in catalogue and index.
 * Thread-safe. Closes nothing that it was given.
 */
public final class IngestService implements AutoCloseable {
  /**
   * Every difference known to arise is repaired where it arises; an hour bounds how long one that
   * nobody thought of can last, and costs two small reads where nothing has changed.
   */
  public static final Duration RECONCILE_EVERY = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
  private static final Duration UPKEEP = Duration.ofMillis(500);
  private static final Duration RENEWAL = Duration.ofSeconds(20);
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(5);
  private static final Duration REOPENING_PAUSE = Duration.ofSeconds(1);
  private static final Duration OWN_FIRST = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * What the service works with.
   *
   * @param sources checked together, in order
   * @param trash directory for deleted originals
   * @param maxUploadBytes of one upload
   * @param health told of damage, asked whether there is room on the disk
   * @param reconcileEvery pause between comparisons of catalogue and index
   */
  public record Parts(
      List<SourceConfig> sources,
      SourceTiming timing,
      DocumentLedger ledger,
      KnowledgeIndex index,
      DocumentPipeline pipeline,
      IngestLimits limits,
      Path trash,
      long maxUploadBytes,
      Clock clock,
      StoreHealth health,
      Duration reconcileEvery) {
    public Parts {
      sources = List.copyOf(sources);
      SourceConfig.checkTogether(sources);
    }
  }

  private final Parts parts;
  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private final CommitGroup group;
  private final Wakeup wakeup = new Wakeup();
  private final Pace pace;
  private final Trash trash;
  private final Effects effects = new Effects();
  private final Map<String, SourceFolder> folders = new LinkedHashMap<>();
  private final FolderSourceFiles files;
  private final WorkerCrew crew;
  private final Map<String, Thread> sourceThreads = new LinkedHashMap<>();
  private final CountDownLatch ownSeen;
  private final Thread upkeep = thread("zhiku-ingest-upkeep", this::keepUp);
  private final Thread rereading = backgroundThread("zhiku-hash-rounds", this::readAgainSlowly);
  private final Committer committer;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ReconcileSchedule schedule;
  private final SteadyClock clock;
  private final ReadWriteLock clockLock = new ReentrantReadWriteLock();
  private volatile boolean samplesOff;
  private boolean samplesGone;

  /** Only the upkeep knows of it: opened again, but not yet fit for work. */
  private boolean reopening;

  private IngestService(Parts parts, long indexEpoch) {
    this.parts = parts;
    this.clock = new SteadyClock(parts.clock(), System::nanoTime);
    this.ledger = parts.ledger();
    this.index = parts.index();
    this.group = new CommitGroup(index, ledger, indexEpoch);
    this.schedule =
        new ReconcileSchedule(parts.reconcileEvery(), ledger::epoch, index, System::nanoTime);
    this.pace = new Pace(ledger);
    this.trash = new Trash(parts.trash(), clock);
    for (SourceConfig source : parts.sources()) {
      folders.put(source.name(), new SourceFolder(source, parts.timing(), ledger, effects, clock));
    }
    this.files =
        new FolderSourceFiles(
            folders,
            ledger,
            effects,
            group::await,
            trash,
            parts.maxUploadBytes(),
            parts.health().disk(),
            clock);
    this.ownSeen = new CountDownLatch(ownSources().size());
    this.crew =
        new WorkerCrew(
            new IngestWorker.Shared(
                ledger,
                index,
                parts.pipeline(),
                group,
                pace,
                wakeup,
                clock,
                clockLock.readLock(),
                parts.health(),
                this::document,
                name ->
                    Optional.ofNullable(folders.get(name)).map(SourceFolder::isAway).orElse(true)),
            parts.limits().workers());
    this.committer =
        new Committer(
            new Committer.Shared(
                group, ledger, index, parts.health().disk(), schedule, wakeup, clock),
            stopping);
  }

  /**
   * Starts to work and returns at once; the first look at the folders follows in the background.
   *
   * @throws RuntimeException if a store cannot be read
   */
  public static IngestService start(Parts parts) throws InterruptedException {
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = parts.index().snapshot()) {
      epoch = snapshot.epoch();
    }
    IngestService service = new IngestService(parts, epoch);
    service.begin();
    return service;
  }

  private void begin() throws InterruptedException {
    if (group.isAhead()) {
      damaged("The index is older than the catalogue; what it lacks is read again.");
    }
    takeUp();
    files.clearStaging();
    committer.start();
    upkeep.start();
    rereading.start();
  }

  /** Makes the catalogue fit for work after whatever end it had. */
  private void takeUp() {
    ledger.configure(parts.sources().stream().map(this::remembered).toList());
    ledger.releaseLeases(IngestWorker.OWNER);
    ledger.dueWithin(now(), RetryPauses.LONGEST);
    samplesGone = parts.sources().stream().noneMatch(source -> source.sample() && !isOff(source));
    samplesOff = samplesGone;
  }

  /**
   * A fault has closed the catalogue: opens it again and goes on as after a restart. Nobody knows
   * of the last transactions whether they are in it, so all claims are given back.
   */
  private void reopenCatalogue() throws InterruptedException {
    reopening = true;
    crew.dismiss();
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      epoch = snapshot.epoch();
    }
    ledger
        .reopen(epoch)
        .ifPresent(what -> parts.health().damaged(StoreHealth.Store.CATALOGUE, now(), what));
    takeUp();
    folders.values().forEach(SourceFolder::lookThroughSoon);
    schedule.now();
    reopening = false;
  }

  private SourceRecord remembered(SourceConfig source) {
    String root = source.path().toAbsolutePath().normalize().toString();
    return ledger
        .source(source.name())
        .filter(before -> before.root().equals(root))
        .orElseGet(() -> SourceRecord.unseen(source.name(), root));
  }

  private boolean isOff(SourceConfig source) {
    return ledger.source(source.name()).map(SourceRecord::off).orElse(false);
  }

  private List<String> ownSources() {
    return parts.sources().stream()
        .filter(source -> !source.sample())
        .map(SourceConfig::name)
        .toList();
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon(true).unstarted(work);
  }

  /** Its work can wait while questions are answered, and nobody waits for it with a lock held. */
  private static Thread backgroundThread(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon(true)
        .priority(Thread.MIN_PRIORITY)
        .unstarted(work);
  }

  /** Uploads, deletions and originals. */
  public SourceFiles files() {
    return files;
  }

  /**
   * Reads no further file until {@link #resume}, also after a restart; what is read is answered.
   */
  public void pause() {
    setPaused(true);
  }

  /** Goes on reading. */
  public void resume() {
    setPaused(false);
  }

  private void setPaused(boolean paused) {
    ledger.pause(paused);
    crew.pause(paused);
    wakeup.call();
  }

  /**
   * Believes a held source's folder as it is now: what is missing from it is removed.
   *
   * @return false if there is no such source
   */
  public boolean confirm(String source) {
    SourceFolder folder = folders.get(source);
    if (folder != null) {
      folder.confirm();
    }
    return folder != null;
  }

  /**
   * Has files read anew though nothing about them has changed; they answer as before until then.
   * Vectors of the same texts are carried over.
   *
   * @param source empty for every source
   * @param path of a file or a folder inside the source; empty for all of it
   * @return how many files wait because of it; empty if there is no such source
   */
  public OptionalInt reindex(Optional<String> source, String path) throws InterruptedException {
    List<SourceConfig> chosen =
        parts.sources().stream()
            .filter(config -> source.isEmpty() || config.name().equals(source.get()))
            .toList();
    int files = 0;
    for (SourceConfig config : chosen) {
      files += new ReadAgain(ledger, index, group).below(config.name(), path, now());
    }
    wakeup.call();
    return chosen.isEmpty() ? OptionalInt.empty() : OptionalInt.of(files);
  }

  /** Compares catalogue and index soon, and has read again what the index lacks. */
  public void reconcile() {
    schedule.now();
  }

  private void damaged(String what) {
    parts.health().damaged(StoreHealth.Store.INDEX, now(), what);
  }

  private boolean running() {
    return stopping.getCount() > 0;
  }

  private void keepUp() {
    long renewed = System.nanoTime();
    long purged = 0;
    while (running()) {
      try {
        clock.jump().ifPresent(this::clockSet);
        if (isDiskFull()) {
          rest(UPKEEP);
          continue;
        }
        if (!ledger.isOpen() || reopening) {
          reopenCatalogue();
        }
        if (schedule.isDue()) {
          compareStores();
          recognizeWhatWasNot();
          startSources();
          crew.start(ledger.queue().paused());
        }
        noteRepaired();
        switchSamplesOff();
        pace.write();
        if (System.nanoTime() - renewed > RENEWAL.toNanos()) {
          ledger.renew(IngestWorker.OWNER, now(), IngestWorker.LEASE);
          renewed = System.nanoTime();
        }
        long day = now().getEpochSecond() / Duration.ofDays(1).toSeconds();
        if (day != purged) {
          trash.purge();
          purged = day;
        }
        rest(UPKEEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        LOG.warn("The catalogue is opened again later: {}", e.toString());
        parts.health().disk().afterFailure();
        pauseQuietly(REOPENING_PAUSE);
      } catch (RuntimeException e) {
        LOG.error("The upkeep of the ingest goes on after a fault", e);
        pauseQuietly(STORAGE_PAUSE);
      }
    }
  }

  private void clockSet(Duration by) {
    LOG.warn("The clock was set by {}; what is due stays as far away as it was.", by);
    clockLock.writeLock().lock();
    try {
      // In this order nothing is due in between after a fault, whichever way the clock was set.
      if (by.isNegative()) {
        clock.follow();
        ledger.clockSet(by);
      } else {
        ledger.clockSet(by);
        clock.follow();
      }
    } finally {
      clockLock.writeLock().unlock();
    }
    wakeup.call();
  }

  /** Finds files whose bytes changed though nothing shows it; one source after another. */
  private void readAgainSlowly() {
    List<HashRounds> rounds =
        folders.values().stream()
            .filter(folder -> !folder.config().sample())
            .map(folder -> hashRounds(folder))
            .toList();
    while (running()) {
      try {
        rest(HashRounds.Limits.DEFAULT.rest());
        for (HashRounds round : rounds) {
          round.step();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        pauseQuietly(STORAGE_PAUSE);
      } catch (RuntimeException e) {
        LOG.warn("Reading unchanged files again goes on after a fault", e);
        pauseQuietly(STORAGE_PAUSE);
      }
    }
  }

  private HashRounds hashRounds(SourceFolder folder) {
    return new HashRounds(
        folder,
        ledger,
        effects,
        clock,
        HashRounds.Limits.DEFAULT,
        most -> {
          rest(most);
          return running();
        });
  }

  private Instant now() {
    return clock.instant();
  }

  private void rest(Duration most) throws InterruptedException {
    boolean ended = stopping.await(most.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      LOG.debug("The ingest is stopping.");
    }
  }

  private void pauseQuietly(Duration most) {
    try {
      rest(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing may be written now, not even that something changed. */
  private boolean isDiskFull() {
    return parts.health().disk().state().mode() == DiskState.Mode.FULL;
  }

  private void compareStores() throws InterruptedException {
    schedule.begins();
    Set<String> answered =
        parts.sources().stream()
            .filter(source -> !isOff(source))
            .map(SourceConfig::name)
            .collect(Collectors.toSet());
    new ThreeWayReconcile(ledger, index, group, parts.pipeline()::isCurrent, answered).run(now());
    group.catchUp();
    schedule.ended();
    wakeup.call();
  }

  /** Damage is over when what was read again because of it is settled. */
  private void noteRepaired() throws InterruptedException {
    if (parts.health().isRepairing() && !schedule.isDue() && ledger.queue().depth() == 0) {
      parts.health().repaired();
      LOG.info("What was damaged has been read again.");
    }
  }

  private void startSources() {
    synchronized (sourceThreads) {
      if (!sourceThreads.isEmpty() || !running()) {
        return;
      }
      for (SourceFolder folder : folders.values()) {
        Thread thread =
            backgroundThread("zhiku-source-" + folder.config().name(), () -> watch(folder));
        sourceThreads.put(folder.config().name(), thread);
        thread.start();
      }
    }
  }

  private void recognizeWhatWasNot() {
    if (parts.pipeline().recognizes()) {
      int files = ledger.recognizeWhatWasNot(parts.pipeline().unreadFingerprint(), now());
      LOG.info("{} files wait for text recognition.", files);
    }
  }

  private Optional<SourceDocument> document(Claim claim) {
    return Optional.ofNullable(folders.get(claim.source()))
        .map(folder -> new SourceDocument(claim.id(), claim.source(), claim.path(), folder.root()));
  }

  private void watch(SourceFolder folder) {
    boolean sample = folder.config().sample();
    boolean first = true;
    try {
      if (sample && !ownSeen.await(OWN_FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("The first look at the own folders takes long; the samples do not wait for it.");
      }
      while (running() && !(sample && samplesOff)) {
        if (sample && ownFilesExist()) {
          // That file may be gone again before anybody switches the samples off.
          rest(UPKEEP);
          continue;
        }
        watchOnce(folder);
        if (first && !sample) {
          ownSeen.countDown();
        }
        first = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (first && !sample) {
        ownSeen.countDown();
      }
    }
  }

  private void watchOnce(SourceFolder folder) throws InterruptedException {
    if (isDiskFull()) {
      rest(UPKEEP);
      return;
    }
    try {
      folder.turn();
    } catch (CatalogUnavailableException e) {
      folder.lookThroughSoon();
      rest(UPKEEP);
    } catch (RuntimeException e) {
      LOG.error("Watching source {} goes on after a fault", folder.config().name(), e);
      folder.lookThroughSoon();
      rest(STORAGE_PAUSE);
    }
  }

  private boolean ownFilesExist() {
    return ledger.countWanted(ownSources()) > 0;
  }

  /** The samples go, for good, when the first own file is there; tried again after a fault. */
  private void switchSamplesOff() throws InterruptedException {
    if (samplesGone || !(samplesOff || ownFilesExist())) {
      return;
    }
    samplesOff = true;
    for (SourceConfig source : parts.sources()) {
      if (source.sample()) {
        switchOff(source);
      }
    }
    samplesGone = true;
  }

  private void switchOff(SourceConfig source) throws InterruptedException {
    Thread watching;
    synchronized (sourceThreads) {
      watching = sourceThreads.get(source.name());
    }
    if (watching != null) {
      watching.join(PATIENCE.toMillis());
    }
    Note why =
        new Note(
            "The samples are switched off, for there are files of your own.", "已有您自己的文件，示例文档已停用。");
    List<KnownFile> samples = ledger.under(source.name(), "");
    ledger.record(samples.stream().map(file -> new FileChange.Vanished(file.id())).toList(), now());
    for (KnownFile file : samples) {
      FaultPoints.hit("after-samples-vanish");
      index.remove(file.id());
      group.add(new Settlement.Removed(file.id()));
    }
    // Last: a start that finds the source off leaves alone whatever is still there of it.
    ledger.source(source.name()).ifPresent(record -> ledger.write(record.switchOff(why)));
    FaultPoints.hit("after-switch-off");
    LOG.info("The first own file has arrived; source {} is switched off.", source.name());
  }

  /** Stops within seconds: files on their way are handed back, finished ones committed. */
  @Override
  public void close() {
    stopping.countDown();
    wakeup.call();
    crew.stop();
    synchronized (sourceThreads) {
      sourceThreads.values().forEach(this::join);
    }
    join(upkeep);
    join(rereading);
    committer.close();
    folders.values().forEach(SourceFolder::close);
  }

  private void join(Thread thread) {
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Changes of the folder, carried into the index. */
  private final class Effects implements IndexEffects {
    @Override
    public void vanished(DocumentId id) throws InterruptedException {
      FaultPoints.hit("after-vanish");
      index.remove(id);
      FaultPoints.hit("after-remove");
      group.add(new Settlement.Removed(id));
    }

    @Override
    public void refused(DocumentId id) throws InterruptedException {
      FaultPoints.hit("after-refuse");
      index.remove(id);
      group.touch();
    }

    @Override
    public void moved(DocumentId id, String path) throws InterruptedException {
      FaultPoints.hit("after-move");
      Optional<DocumentMeta> stored;
      try (KnowledgeIndex.Snapshot snapshot = index.snapshotOf(Set.of(id), Set.of())) {
        stored = Optional.ofNullable(snapshot.documents(Set.of(id)).get(id));
      }
      if (stored.isPresent()) {
        index.describe(ThreeWayReconcile.withPath(stored.get(), path));
        FaultPoints.hit("after-describe");
        group.touch();
      }
    }

    @Override
    public void due() {
      wakeup.call();
    }
  }
}

package dev.zhiku.ingest;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.Settlement;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.health.DiskState;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.FolderSourceFiles;
import dev.zhiku.ingest.source.HashRounds;
import dev.zhiku.ingest.source.IndexEffects;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.source.Trash;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private static final Duration GROUP_FIRST = Duration.ofMillis(200);
  private static final Duration GROUP_MORE = Duration.ofMillis(150);
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(5);
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
  private final List<IngestWorker> workers = new ArrayList<>();
  private final List<Thread> workerThreads = new ArrayList<>();
  private final Map<String, Thread> sourceThreads = new LinkedHashMap<>();
  private final CountDownLatch ownSeen;
  private final Thread upkeep = thread("zhiku-ingest-upkeep", this::keepUp);
  private final Thread rereading = thread("zhiku-hash-rounds", this::readAgainSlowly);
  private final Thread committer = thread("zhiku-ingest-commit", this::commitAgainAndAgain);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ReconcileSchedule schedule;
  private final SteadyClock clock;
  private volatile boolean committing = true;
  private volatile boolean samplesOff;

  private IngestService(Parts parts, long indexEpoch) {
    this.parts = parts;
    this.clock = new SteadyClock(parts.clock(), System::nanoTime);
    this.ledger = parts.ledger();
    this.index = parts.index();
    this.group = new CommitGroup(index, ledger, Math.max(indexEpoch, ledger.epoch()));
    this.schedule = new ReconcileSchedule(parts.reconcileEvery(), ledger, index);
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
    ledger.configure(parts.sources().stream().map(this::remembered).toList());
    ledger.releaseLeases(IngestWorker.OWNER);
    ledger.dueWithin(now(), RetryPauses.LONGEST);
    samplesOff = parts.sources().stream().noneMatch(source -> source.sample() && !isOff(source));
    files.clearStaging();
    committer.start();
    upkeep.start();
    rereading.start();
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
    synchronized (workers) {
      workers.forEach(worker -> worker.pause(paused));
    }
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
        if (schedule.isDue()) {
          compareStores();
          recognizeWhatWasNot();
          startSources();
          startWorkers();
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
      } catch (RuntimeException e) {
        LOG.error("The upkeep of the ingest goes on after a fault", e);
        pauseQuietly(STORAGE_PAUSE);
      }
    }
  }

  private void clockSet(Duration by) {
    LOG.warn("The clock was set by {}; what is due stays as far away as it was.", by);
    // In this order nothing looks due in between, whichever way the clock was set.
    if (by.isNegative()) {
      clock.follow();
      ledger.clockSet(by);
    } else {
      ledger.clockSet(by);
      clock.follow();
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
        Thread thread = thread("zhiku-source-" + folder.config().name(), () -> watch(folder));
        sourceThreads.put(folder.config().name(), thread);
        thread.start();
      }
    }
  }

  private void startWorkers() {
    boolean paused = ledger.queue().paused();
    IngestWorker.Shared shared =
        new IngestWorker.Shared(
            ledger,
            index,
            parts.pipeline(),
            group,
            pace,
            wakeup,
            clock,
            parts.health(),
            this::document);
    synchronized (workers) {
      for (int i = workers.size(); i < parts.limits().workers() && running(); i++) {
        List<Lane> lanes = i == 0 ? everyLane() : List.of(Lane.SMALL, Lane.MEDIUM);
        startWorker(new IngestWorker(shared, lanes, paused), "zhiku-ingest-" + i);
      }
      if (parts.pipeline().recognizes() && workers.size() == parts.limits().workers()) {
        startWorker(
            new IngestWorker(shared, List.of(Lane.OCR), paused), "zhiku-ingest-recognition");
      }
    }
  }

  private void startWorker(IngestWorker worker, String name) {
    Thread thread = thread(name, worker);
    workers.add(worker);
    workerThreads.add(thread);
    thread.start();
  }

  /** Without recognition nobody else takes what was handed over to it before. */
  private List<Lane> everyLane() {
    return parts.pipeline().recognizes()
        ? List.of(Lane.LARGE, Lane.MEDIUM, Lane.SMALL)
        : List.of(Lane.LARGE, Lane.MEDIUM, Lane.SMALL, Lane.OCR);
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
      while (running() && !(sample && (samplesOff || ownFilesExist()))) {
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
    } catch (RuntimeException e) {
      LOG.error("Watching source {} goes on after a fault", folder.config().name(), e);
      folder.lookThroughSoon();
      rest(STORAGE_PAUSE);
    }
  }

  private boolean ownFilesExist() {
    return ledger.countWanted(ownSources()) > 0;
  }

  /** The samples go, for good, when the first own file is there. */
  private void switchSamplesOff() throws InterruptedException {
    if (samplesOff || !ownFilesExist()) {
      return;
    }
    samplesOff = true;
    for (SourceConfig source : parts.sources()) {
      if (source.sample()) {
        switchOff(source);
      }
    }
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
    ledger.source(source.name()).ifPresent(record -> ledger.write(record.switchOff(why)));
    List<KnownFile> samples = ledger.under(source.name(), "");
    ledger.record(samples.stream().map(file -> new FileChange.Vanished(file.id())).toList(), now());
    for (KnownFile file : samples) {
      index.remove(file.id());
      group.add(new Settlement.Removed(file.id()));
    }
    LOG.info("The first own file has arrived; source {} is switched off.", source.name());
  }

  private void commitAgainAndAgain() {
    while (committing) {
      try {
        group.gather(GROUP_FIRST.toNanos(), GROUP_MORE.toNanos());
        commitOnce();
      } catch (CommitGroup.NotCommitted e) {
        LOG.error("A commit failed; its files are read again when the store works again", e);
        parts.health().disk().afterFailure();
        recover(e.claims());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("Committing goes on after a fault", e);
        pauseQuietly(STORAGE_PAUSE);
      }
    }
  }

  private void commitOnce() throws InterruptedException {
    Optional<CommitGroup.Committed> committed = group.commit();
    if (committed.isEmpty()) {
      return;
    }
    for (DocumentId id : committed.get().lost()) {
      if (ledger.find(id).isEmpty()) {
        index.remove(id);
        group.touch();
      }
    }
    wakeup.call();
  }

  /** Hands files back whose passages may be lost, as soon as the catalogue takes it. */
  private void recover(List<Claim> claims) {
    List<Claim> left = new ArrayList<>(claims);
    do {
      pauseQuietly(STORAGE_PAUSE);
      try {
        while (!left.isEmpty()) {
          ledger.giveBack(left.get(0), Optional.of(now()));
          left.remove(0);
        }
      } catch (RuntimeException e) {
        LOG.warn("The catalogue cannot be written yet: {}", e.getMessage());
      }
    } while (!left.isEmpty() && committing && running());
    schedule.now();
  }

  /** Stops within seconds: files on their way are handed back, finished ones committed. */
  @Override
  public void close() {
    stopping.countDown();
    wakeup.call();
    synchronized (workers) {
      workers.forEach(IngestWorker::stop);
      workerThreads.forEach(this::join);
    }
    synchronized (sourceThreads) {
      sourceThreads.values().forEach(this::join);
    }
    join(upkeep);
    join(rereading);
    committing = false;
    group.touch();
    join(committer);
    lastCommit();
    folders.values().forEach(SourceFolder::close);
  }

  private void lastCommit() {
    try {
      commitOnce();
      ledger.releaseLeases(IngestWorker.OWNER);
    } catch (RuntimeException e) {
      LOG.warn("The last commit failed; the files it was for are read again at the next start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
      index.remove(id);
      group.touch();
    }

    @Override
    public void moved(DocumentId id, String path) throws InterruptedException {
      FaultPoints.hit("after-move");
      Optional<DocumentMeta> stored;
      try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
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

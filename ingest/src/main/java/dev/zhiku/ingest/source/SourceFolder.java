package dev.zhiku.ingest.source;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source at work: scans its folder, writes what it finds into the catalogue and takes what is
 * gone out of the index. The scan is the truth, events only say where to scan. One thread calls
 * {@link #tick} again and again; {@link #scanNow} and {@link #confirm} may be called by any.
 */
public final class SourceFolder implements AutoCloseable {
  /** More paths at once than this, and the whole folder is scanned instead. */
  static final int MAX_DIRTY = 1_000;

  /** A folder is scanned at least so often, however long that takes. */
  static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private static final Duration LEAVING = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(SourceFolder.class);

  private final SourceConfig config;
  private final SourceTiming timing;
  private final DocumentLedger ledger;
  private final Clock clock;
  private final SourceRoot root;
  private final RootCheck check;
  private final FolderScanner scanner;
  private final FolderChanges changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> dirty = new HashSet<>();
  private final Set<String> ignored = new HashSet<>();
  private final SourceEvents events = new SourceEvents();
  private final LookRate rate;
  private long firstDirtyNanos;
  private boolean eventsSufficed;
  private long nextRootCheckNanos = System.nanoTime();
  private volatile boolean fullWanted = true;
  private volatile Standing standing = Standing.WATCHED;
  private volatile boolean gone;

  public SourceFolder(
      SourceConfig config,
      SourceTiming timing,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock) {
    this.config = config;
    this.timing = timing;
    this.ledger = ledger;
    this.clock = clock;
    this.root = new SourceRoot(config.path());
    this.check = new RootCheck(config.name(), root);
    this.rate = new LookRate(config.scanInterval(), timing);
    FileRules rules = new FileRules(config.include(), config.exclude());
    this.scanner = new FolderScanner(root, rules, events::add);
    this.changes =
        new FolderChanges(
            config.name(), timing, ledger, effects, clock, root, scanner, this::sameRoot);
  }

  public SourceConfig config() {
    return config;
  }

  public SourceRoot root() {
    return root;
  }

  /** How the folder is looked through at present. */
  public LookRate.Looks looks() {
    return rate.looks();
  }

  /** What an administrator said last. */
  public Standing standing() {
    return standing;
  }

  /**
   * Leaves the folder alone from now on, or looks through it again. What is known of its files
   * stays. Returns when no look is under way that began before.
   */
  public void stand(Standing wanted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      standing = wanted;
      if (wanted == Standing.WATCHED) {
        fullWanted = true;
      } else {
        ledger.write(remembered().hold(true, wanted.reason(config.name())));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the source is none any more. */
  public boolean isGone() {
    return gone;
  }

  /**
   * The source is none any more: its thread ends, and a look that is under way writes nothing down.
   * Waits for one that is just writing, but not for a share that does not answer.
   */
  public void leave() throws InterruptedException {
    gone = true;
    if (lock.tryLock(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
      lock.unlock();
    }
  }

  /**
   * Waits for events for at most a tick and does what has become due. Faults of the folder become
   * the source's state, never an exception.
   */
  public void tick() throws InterruptedException {
    Set<String> changed = events.await(timing.tick());
    lock.lockInterruptibly();
    try {
      note(changed);
      if (standing == Standing.WATCHED && !gone) {
        work();
      } else {
        events.end();
      }
    } catch (RuntimeException e) {
      // What an event named may be what failed: the next look is at everything, not at that again.
      fullWanted = true;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void note(Set<String> paths) {
    if (!paths.isEmpty() && dirty.isEmpty()) {
      firstDirtyNanos = System.nanoTime();
    }
    dirty.addAll(paths);
  }

  private void work() throws InterruptedException {
    long now = System.nanoTime();
    if (fullWanted || rate.isDue(now) || rootChanged(now)) {
      scanAll();
      return;
    }
    Set<String> paths = new HashSet<>(changes.due(now));
    boolean gathered = !dirty.isEmpty() && now - firstDirtyNanos >= timing.debounce().toNanos();
    if (paths.isEmpty() && !gathered) {
      return;
    }
    // Together: what is missing for good may have turned up where an event of this moment says.
    paths.addAll(dirty);
    if (paths.contains("") || paths.size() > MAX_DIRTY || !sameRoot()) {
      scanAll();
      return;
    }
    dirty.clear();
    scanPaths(FolderScanner.outermost(paths));
  }

  /** No event tells that the folder itself was moved away or mounted over. */
  private boolean rootChanged(long now) {
    if (!events.following() || now - nextRootCheckNanos < 0) {
      return false;
    }
    nextRootCheckNanos = now + timing.polling().toNanos();
    return !sameRoot();
  }

  /** Whether events and paths still belong to the folder that was scanned last. */
  private boolean sameRoot() {
    try {
      return check.unreachable().isEmpty() && events.follows(root.key());
    } catch (IOException e) {
      return false;
    }
  }

  private SourceRecord remembered() {
    return ledger
        .source(config.name())
        .orElseGet(() -> SourceRecord.unseen(config.name(), root.folder().toString()));
  }

  private void scanAll() throws InterruptedException {
    long started = System.nanoTime();
    fullWanted = false;
    dirty.clear();
    boolean believed = false;
    SourceRecord before = remembered();
    try {
      Optional<Phrase> unreachable = check.unreachable();
      if (unreachable.isPresent()) {
        hold(before, false, unreachable.get());
      } else {
        believed = scanReachable(before);
      }
    } catch (IOException e) {
      hold(before, false, RootCheck.unlistable(e));
    }
    eventsSufficed = events.suffice();
    rate.looked(System.nanoTime() - started, believed && eventsSufficed, eventsSufficed);
  }

  private boolean scanReachable(SourceRecord before) throws IOException, InterruptedException {
    String key = root.key();
    events.follow(root.folder(), key);
    Listing listing = new Listing();
    scanner.scan("", listing);
    if (gone) {
      return false;
    }
    List<KnownFile> known = ledger.under(config.name(), "");
    Optional<Phrase> doubt = check.doubt(before, known, listing);
    if (doubt.isPresent()) {
      hold(before, true, doubt.get());
      return false;
    }
    ignored.clear();
    ignored.addAll(listing.ignored());
    write(listing, known);
    SourceRecord after =
        before.scanned(key, clock.instant(), ignored.size(), listing.files().size());
    ledger.write(after.withDetail(listing.noted(events.detail())));
    if (before.held()) {
      LOG.info("Source {} is back.", config.name());
    }
    return true;
  }

  private void hold(SourceRecord before, boolean online, Phrase why) {
    if (gone) {
      return;
    }
    if (!before.held() || before.online() != online) {
      LOG.warn(why.english());
    }
    events.end();
    ledger.write(before.hold(online, why));
  }

  /** Looks at some paths; the lock is held. */
  private void scanPaths(Collection<String> paths) throws InterruptedException {
    Listing listing = new Listing();
    List<KnownFile> known = new ArrayList<>();
    for (String path : paths) {
      try {
        scanner.scan(path, listing);
      } catch (IOException e) {
        fullWanted = true;
        return;
      }
      known.addAll(ledger.under(config.name(), path));
      String row = scanner.shownPath(path);
      if (!row.equals(path)) {
        ledger.at(config.name(), row).ifPresent(known::add);
      }
      ignored.removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
    }
    ignored.addAll(listing.ignored());
    if (gone) {
      return;
    }
    write(listing, known);
    writeIgnored();
    if (eventsSufficed && !events.suffice()) {
      fullWanted = true;
    }
  }

  private void write(Listing listing, List<KnownFile> known) throws InterruptedException {
    if (!changes.apply(listing, known)) {
      fullWanted = true;
    }
  }

  private void writeIgnored() {
    SourceRecord now = remembered();
    if (now.ignored() != ignored.size()) {
      ledger.write(now.withIgnored(ignored.size()));
    }
  }

  /**
   * Looks at these paths now; what is gone from them is gone at once, what is there may be read at
   * once. For files that the service itself wrote or deleted.
   */
  public void scanNow(Collection<String> paths) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (gone) {
        return;
      }
      changes.expectNow(paths);
      scanPaths(paths);
    } finally {
      lock.unlock();
    }
  }

  /** Whether what is in its place now, if anything, is not to be believed. Any thread may ask. */
  public boolean isAway() {
    return gone || check.unreachable().isPresent() || remembered().held();
  }

  /** Believes the folder as it is now, whatever is missing from it. */
  public void confirm() {
    ledger.confirm(config.name());
    fullWanted = true;
  }

  /** Looks through the whole folder at the next turn. */
  public void scanAllSoon() {
    fullWanted = true;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      events.close();
    } finally {
      lock.unlock();
    }
  }
}

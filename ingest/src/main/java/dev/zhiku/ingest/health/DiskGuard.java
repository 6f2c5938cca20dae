package dev.zhiku.ingest.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the service from filling its disks to the last byte, where every store fails at once, and
 * lets it go on by itself when there is room again. Nothing runs in the background: whoever wants
 * to write asks. Thread-safe.
 */
public final class DiskGuard {
  /** Below this share of what is kept free nothing is written any more. */
  private static final int FULL_SHARE = 4;

  /** Below it nothing is written whatever the mark is: one commit of the catalogue needs it. */
  private static final long LEAST_BYTES = 2L << 20;

  /** Room beyond what is kept free before it goes on, so that it does not stop and go. */
  private static final int RESUME_SHARE = 8;

  /** An answer holds so long; asking the system takes microseconds, but everybody asks. */
  private static final Duration FRESH = Duration.ofMillis(250);

  /** Written now and then to a disk that was full: quotas and inodes do not show as free bytes. */
  private static final int PROBE_BYTES = 1 << 16;

  private static final String PROBE = "room-to-write";
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

  private final List<Path> folders;
  private final long keepFreeBytes;
  private DiskState state;
  private long measuredNanos;
  private boolean failed;
  private Optional<Long> lastShortNanos = Optional.empty();

  /**
   * @param folders that exist and that the service writes to, on one disk or on several
   * @param keepFreeBytes 0 to stop only where nothing could be written any more
   */
  public DiskGuard(List<Path> folders, long keepFreeBytes) {
    this.folders = List.copyOf(folders);
    this.keepFreeBytes = keepFreeBytes;
    this.state = new DiskState(DiskState.Mode.READ_WRITE, Long.MAX_VALUE, keepFreeBytes);
    measure();
  }

  /** The state of the disk, not older than a quarter of a second. */
  public synchronized DiskState state() {
    if (System.nanoTime() - measuredNanos > FRESH.toNanos()) {
      measure();
    }
    return state;
  }

  /** Something could not be stored: looks at once, and tries whether anything can be written. */
  public synchronized DiskState afterFailure() {
    failed = true;
    measure();
    return state;
  }

  /**
   * Whether there was too little room at any time since then, as far as anybody looked: what fails
   * on a full disk may tell of it when there is room again.
   *
   * @param nanos by {@link System#nanoTime}
   */
  public synchronized boolean wasShortSince(long nanos) {
    return lastShortNanos.filter(last -> last - nanos >= 0).isPresent();
  }

  private void measure() {
    long free = Long.MAX_VALUE;
    for (Path folder : folders) {
      free = Math.min(free, free(folder));
    }
    DiskState next = new DiskState(mode(free), free, keepFreeBytes);
    report(next);
    state = next;
    measuredNanos = System.nanoTime();
    if (next.isReadOnly()) {
      lastShortNanos = Optional.of(measuredNanos);
    }
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      LOG.debug("The free space of {} is not known: {}", folder, e.toString());
      return Long.MAX_VALUE;
    }
  }

  private DiskState.Mode mode(long free) {
    long wanted = state.isReadOnly() ? keepFreeBytes + keepFreeBytes / RESUME_SHARE : keepFreeBytes;
    if (free < Math.max(LEAST_BYTES, keepFreeBytes / FULL_SHARE)) {
      return DiskState.Mode.FULL;
    }
    if ((failed || state.mode() == DiskState.Mode.FULL) && !canWrite()) {
      return DiskState.Mode.FULL;
    }
    failed = false;
    return free < wanted ? DiskState.Mode.READ_ONLY : DiskState.Mode.READ_WRITE;
  }

  private boolean canWrite() {
    return folders.stream().allMatch(DiskGuard::canWrite);
  }

  private static boolean canWrite(Path folder) {
    Path probe = folder.resolve(PROBE);
    try {
      Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
      return true;
    } catch (IOException e) {
      LOG.debug("Nothing can be written to {}: {}", folder, e.toString());
      return false;
    } finally {
      deleteQuietly(probe);
    }
  }

  private static void deleteQuietly(Path probe) {
    try {
      Files.deleteIfExists(probe);
    } catch (IOException e) {
      LOG.debug("{} stays: {}", probe, e.toString());
    }
  }

  private void report(DiskState next) {
    if (next.isReadOnly() && !state.isReadOnly()) {
      LOG.warn(
          "READ_ONLY(disk): {} MB are free, {} MB shall stay free. No files are read and no uploads"
              + " taken until there is room; questions are answered.",
          next.freeBytes() >> 20,
          keepFreeBytes >> 20);
    } else if (state.isReadOnly() && !next.isReadOnly()) {
      LOG.info("There is room on the disk again ({} MB); reading goes on.", next.freeBytes() >> 20);
    }
  }
}

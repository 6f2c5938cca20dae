package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.KnownFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of one source again, slowly and one after another, and has those read anew whose
 * bytes changed though size, time and inode did not. A round begins once a day; how far it is
 * survives a restart. One thread.
 */
public final class HashRounds {
  private static final Logger LOG = LoggerFactory.getLogger(HashRounds.class);

  /**
   * How much a round may take.
   *
   * @param every from the begin of one to the begin of the next; the first begins so long after the
   *     source was first seen
   * @param bytesPerSecond read at most
   * @param files between two looks at whether the source is held
   * @param rest while there is nothing to do
   */
  public record Limits(Duration every, long bytesPerSecond, int files, Duration rest) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofDays(1), 8L << 20, 50, Duration.ofSeconds(10));
  }

  /** Waits, and says whether to go on afterwards. */
  public interface Rest {
    boolean rest(Duration most) throws InterruptedException;
  }

  private final SourceFolder folder;
  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Clock clock;
  private final Limits limits;
  private final Rest rest;

  /**
   * @param effects told of files that are due
   */
  public HashRounds(
      SourceFolder folder,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock,
      Limits limits,
      Rest rest) {
    this.folder = folder;
    this.ledger = ledger;
    this.effects = effects;
    this.clock = clock;
    this.limits = limits;
    this.rest = rest;
  }

  /** Reads the next files of the round, if one is due. */
  public void step() throws InterruptedException {
    String source = folder.config().name();
    Instant now = clock.instant();
    Optional<HashRound> before = ledger.hashRound(source);
    if (before.isEmpty() || before.get().startedAt().isAfter(now)) {
      ledger.write(new HashRound(source, "", now, true));
      return;
    }
    HashRound round = before.get();
    if (round.done() && now.isBefore(round.startedAt().plus(limits.every()))) {
      return;
    }
    if (!believed(source)) {
      return;
    }
    goOn(round.done() ? new HashRound(source, "", now, false) : round);
  }

  private boolean believed(String source) {
    return ledger
        .source(source)
        .map(record -> record.online() && !record.held() && !record.off())
        .orElse(false);
  }

  private void goOn(HashRound round) throws InterruptedException {
    List<KnownFile> files = ledger.indexedAfter(round.source(), round.path(), limits.files());
    for (KnownFile file : files) {
      if (!check(file)) {
        return;
      }
      ledger.write(new HashRound(round.source(), file.path(), round.startedAt(), false));
    }
    if (files.isEmpty()) {
      ledger.write(new HashRound(round.source(), round.path(), round.startedAt(), true));
    }
  }

  /** False if the service is stopping and the file was not read to its end. */
  private boolean check(KnownFile file) throws InterruptedException {
    Throttled throttled = new Throttled();
    FileHash hash = new FileHash();
    try {
      boolean same =
          folder
              .root()
              .reach(
                  file.path(),
                  reached -> {
                    try (var channel = reached.open()) {
                      hash.copy(channel, throttled, Long.MAX_VALUE);
                    }
                    return SourceRoot.stamp(reached.attributes()).equals(file.stamp());
                  });
      if (same && !file.sha256().equals(Optional.of(hash.hex()))) {
        changed(file);
      }
      return true;
    } catch (Stopping e) {
      return false;
    } catch (IOException e) {
      LOG.debug("{} is not read again: {}", file.path(), e.getMessage());
      return true;
    }
  }

  private void changed(KnownFile file) {
    LOG.info(
        "{} of source {} has other bytes under the same size and time; it is read anew.",
        file.path(),
        folder.config().name());
    ledger.record(List.of(new FileChange.Changed(file.id(), file.stamp(), true)), clock.instant());
    effects.due();
  }

  /** The service stops in the middle of a file. */
  private static final class Stopping extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Takes bytes no faster than allowed. */
  private final class Throttled implements WritableByteChannel {
    private long startedNanos = System.nanoTime();
    private long bytes;

    @Override
    public int write(ByteBuffer part) throws IOException {
      int taken = part.remaining();
      part.position(part.limit());
      bytes += taken;
      long due = startedNanos + bytes * Duration.ofSeconds(1).toNanos() / limits.bytesPerSecond();
      Duration early = Duration.ofNanos(due - System.nanoTime());
      try {
        if (early.toMillis() > 0 && !rest.rest(early)) {
          throw new Stopping();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Stopping();
      }
      if (bytes > limits.bytesPerSecond()) {
        startedNanos = System.nanoTime();
        bytes = 0;
      }
      return taken;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}

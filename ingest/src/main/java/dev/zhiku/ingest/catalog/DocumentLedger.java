package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The writing side of the catalogue: scans record what they see, workers claim what is due and
 * record what came of it. Every method is one transaction, durable when it returns, and throws
 * {@link CatalogUnavailableException} while the catalogue is closed after a fault. Thread-safe.
 */
public interface DocumentLedger extends DocumentCatalog {
  /** Whether it is not closed after a fault. */
  boolean isOpen();

  /**
   * Opens it again after a fault as at a start: it is checked, and an empty one takes its place if
   * it is damaged.
   *
   * @param indexEpoch of the last commit of the index
   * @return what was damaged; empty if nothing was, or if it was open
   * @throws CatalogUnavailableException if it cannot be opened yet
   */
  Optional<String> reopen(long indexEpoch);

  /** The file at the path and, if it is a folder, all below; an empty path is the whole source. */
  List<KnownFile> under(String source, String path);

  /** The file at exactly this path. */
  Optional<KnownFile> at(String source, String path);

  /** Files of a source with this file key. */
  List<KnownFile> withFileKey(String source, String fileKey);

  /** Files of a source with so many bytes whose hash is known. */
  List<KnownFile> withSize(String source, long size);

  /** Every entry of every source, one after another. */
  void forEach(Consumer<? super KnownFile> each);

  /**
   * Writes down what a scan found, all or nothing. Moves may exchange paths. A path that is taken
   * by an entry that is being removed, or by one moved away in the same call, is free.
   *
   * @param now when files that may be read become due
   */
  void record(List<? extends FileChange> changes, Instant now);

  /**
   * Gives due files of the lane to the owner, of sources that are not held.
   *
   * @param lease how long they are his
   * @param most so many at the most, in the order in which they are to be read
   */
  List<Claim> claim(String owner, Lane lane, Order order, Instant now, Duration lease, int most);

  /** Whether the file is still the one that was claimed. */
  boolean holds(Claim claim);

  /** Shows how far a claimed file is; without effect if the claim is lost. */
  void stage(Claim claim, Stage stage);

  /** Prolongs every lease of the owner. */
  void renew(String owner, Instant now, Duration lease);

  /** Ends every lease of the owner, as after a crash: the attempts stay counted. */
  void releaseLeases(String owner);

  /**
   * Hands a claimed file back unread.
   *
   * @param due when it may be claimed again; empty to wait until a scan finds it stable
   */
  void giveBack(Claim claim, Optional<Instant> due);

  /** Hands claimed files back that nobody has begun to read: it does not count as a try. */
  void giveBackUnread(List<Claim> claims);

  /** Puts a claimed file into another lane, where it is due at once and its tries begin anew. */
  void handOver(Claim claim, Lane lane, Instant now);

  /**
   * Puts every file that text recognition would find more in into the lane for it.
   *
   * @param unread fingerprint of the documents that were read without it
   * @return how many
   */
  int recognizeWhatWasNot(String unread, Instant now);

  /**
   * Writes down what an index commit made durable, together with its epoch.
   *
   * @return the documents whose claim was lost meanwhile: changed, moved or gone
   */
  Set<DocumentId> recordResults(long epoch, List<? extends ClaimResult> results);

  /** The clock was set by so much: what is due or leased stays as far away as it was. */
  void clockSet(Duration by);

  /**
   * After a start nothing waits longer than it could by its own pauses, whatever the clock said
   * before: pending files are due now, retries at the latest after {@code most}.
   */
  void dueWithin(Instant now, Duration most);

  /** Indexed files of a source whose path comes after this one, in the order of their paths. */
  List<KnownFile> indexedAfter(String source, String path, int limit);

  /** The progress of the round over the source's contents; empty before the first. */
  Optional<HashRound> hashRound(String source);

  void write(HashRound round);

  /**
   * Makes the room that overwritten rows take usable again, a few megabytes at a time; to be called
   * now and then. Nothing is written down meanwhile.
   */
  void compact();

  /** Epoch of the last recorded commit. */
  long epoch();

  /** Writes the configured sources in their order; others are forgotten with their entries. */
  void configure(List<SourceRecord> sources);

  /** Puts a source behind the others, or in the place of what was remembered under its name. */
  void join(SourceRecord source);

  /** Forgets a source with its entries. */
  void leave(String source);

  Optional<SourceRecord> source(String name);

  void write(SourceRecord source);

  /** Marks the source as confirmed. */
  void confirm(String source);

  /** Documents of these sources that are not skipped. */
  long countWanted(Collection<String> sources);

  /** Bytes of all pending files. */
  long pendingBytes();

  /** Tells how fast the ingest is; forgotten at a restart. */
  void pace(double passagesPerSecond, Optional<Duration> eta);

  /** Writes whether an administrator paused the ingest. */
  void pause(boolean paused);
}

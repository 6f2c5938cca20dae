package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of each document and whether the index has it. Thread-safe. Derived data.
 *
 * <p>Every method throws {@link CatalogUnavailableException} while it cannot be read.
 */
public interface DocumentCatalog {
  Optional<CatalogEntry> find(DocumentId id);

  /** Entries that match, ordered by source and path unless the query sorts them. */
  Page list(Query query);

  /** Counts over the documents that the filter lets through. */
  Counts counts(Filter visible);

  /** Every configured source, in the order of the configuration, as last written. */
  List<SourceState> sources();

  /** The ingest queue, as last written. */
  QueueState queue();

  /**
   * Which entries to list.
   *
   * @param visible what the asker may see
   * @param text part of the path, letter case aside
   * @param path exact path
   * @param sorting where it is not by source and path; looks at every entry that matches
   * @param cursor from the page before, with the same sorting; empty for the first
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  record Query(
      Filter visible,
      Optional<State> state,
      Optional<String> text,
      Optional<String> source,
      Optional<String> pathPrefix,
      Optional<String> path,
      Optional<Sorting> sorting,
      Optional<String> cursor,
      int limit) {
    public static final int MAX_LIMIT = 500;

    /** Ordered by source and path. */
    public Query(
        Filter visible,
        Optional<State> state,
        Optional<String> text,
        Optional<String> source,
        Optional<String> pathPrefix,
        Optional<String> path,
        Optional<String> cursor,
        int limit) {
      this(visible, state, text, source, pathPrefix, path, Optional.empty(), cursor, limit);
    }

    public Query {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("limit must be 1.." + MAX_LIMIT + ", got " + limit);
      }
    }
  }

  /**
   * An order of the entries; equal ones are ordered by source and path.
   *
   * @param descending the last or the largest first
   */
  record Sorting(Key key, boolean descending) {
    /** What is compared. */
    public enum Key {
      /** The last part of the path, letter case aside. */
      NAME,
      MODIFIED,
      /** The media type. */
      TYPE,
      /** By its name in English: failed ones first. */
      STATE,
      SIZE
    }
  }

  /**
   * A part of a listing.
   *
   * @param nextCursor opaque; empty on the last page
   */
  record Page(List<CatalogEntry> entries, Optional<String> nextCursor) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Files by state; ignored ones (temporary and system files) stand apart.
   *
   * @param passages in the index
   */
  record Counts(
      long indexed, long failed, long skipped, long pending, long ignored, long passages) {
    /** Always the sum of the four states. */
    public long total() {
      return indexed + failed + skipped + pending;
    }
  }

  /**
   * A source as last seen.
   *
   * @param held nothing is removed until an administrator confirms or the folder is back
   * @param detail why it is offline or held; empty when all is well
   */
  record SourceState(
      String name,
      String root,
      boolean online,
      boolean held,
      Phrase detail,
      Optional<Instant> lastScanAt) {}

  /**
   * How far the ingest is.
   *
   * @param depth files pending
   * @param passagesPerSecond stored lately
   * @param eta until nothing is pending, at the present pace; empty while that is unknown
   * @param paused by an administrator
   */
  record QueueState(long depth, double passagesPerSecond, Optional<Duration> eta, boolean paused) {
    public static final QueueState EMPTY = new QueueState(0, 0, Optional.empty(), false);
  }
}

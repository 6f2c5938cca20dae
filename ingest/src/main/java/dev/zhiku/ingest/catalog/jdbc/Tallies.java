package dev.zhiku.ingest.catalog.jdbc;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The sums by source and state, kept while rows change, so that nobody has to count. What one
 * transaction changes is gathered and written at its end; only within {@link
 * CatalogTransactions#write}, which lets one transaction after another do so.
 */
@Singleton
final class Tallies {
  private record Key(String source, String state) {}

  private record Sums(long files, long passages, long bytes) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(TallyRow row, int sign) {
      return new Sums(
          files + sign * row.files(),
          passages + sign * row.passages(),
          bytes + sign * row.sizeBytes());
    }
  }

  private final TallyRows rows;
  private final Map<Key, Sums> changes = new HashMap<>();

  Tallies(TallyRows rows) {
    this.rows = rows;
  }

  /** Within any transaction. */
  List<TallyRow> all() {
    return rows.all();
  }

  /**
   * Does what may change what a document counts as.
   *
   * @return what the statement returned
   */
  int counted(String id, IntSupplier statement) {
    Optional<TallyRow> before = rows.of(id);
    int changed = statement.getAsInt();
    before.ifPresent(row -> change(row, -1));
    rows.of(id).ifPresent(row -> change(row, 1));
    return changed;
  }

  /** A document that was not there is, with the next statement. */
  void appeared(DocumentRow row) {
    change(new TallyRow(row.source(), row.state(), 1, row.passages(), row.sizeBytes()), 1);
  }

  private void change(TallyRow row, int sign) {
    changes.merge(
        new Key(row.source(), row.state()),
        Sums.NONE.plus(row, sign),
        (before, more) ->
            new Sums(
                before.files() + more.files(),
                before.passages() + more.passages(),
                before.bytes() + more.bytes()));
  }

  /** Counts everything anew, after a statement that changed many documents. */
  void countAnew() {
    changes.clear();
    rows.clear();
    rows.sum();
  }

  /** Writes what has changed since the transaction began. */
  void write() {
    changes.forEach(this::write);
    changes.clear();
  }

  private void write(Key key, Sums sums) {
    if (sums.equals(Sums.NONE)) {
      return;
    }
    int known = rows.add(key.source(), key.state(), sums.files(), sums.passages(), sums.bytes());
    if (known == 0) {
      rows.put(key.source(), key.state(), sums.files(), sums.passages(), sums.bytes());
    }
  }

  /** The transaction was undone. */
  void forget() {
    changes.clear();
  }
}

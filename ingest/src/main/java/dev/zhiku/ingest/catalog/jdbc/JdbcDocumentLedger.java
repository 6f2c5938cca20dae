package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.SearchText;
import dev.zhiku.ingest.Reason;
import dev.zhiku.ingest.ReasonCode;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.Settlement;
import dev.zhiku.ingest.catalog.SourceRecord;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The catalogue through Micronaut Data; every public method is one transaction. */
@Singleton
final class JdbcDocumentLedger implements DocumentLedger {
  private static final String UNREAD_TYPE = "application/octet-stream";
  private static final int MAX_VALUE = 500;
  private static final int MAX_TYPE = 255;

  private final DocumentRows documents;
  private final SourceRows sources;
  private final LedgerRows ledger;
  private final HashRoundRows rounds;
  private final JdbcOperations jdbc;
  private final TransactionOperations<Connection> transactions;
  private final ReentrantLock writing = new ReentrantLock();

  JdbcDocumentLedger(
      DocumentRows documents,
      SourceRows sources,
      LedgerRows ledger,
      HashRoundRows rounds,
      @Named(CatalogDatabase.DATASOURCE) JdbcOperations jdbc,
      @Named(CatalogDatabase.DATASOURCE) TransactionOperations<Connection> transactions) {
    this.documents = documents;
    this.sources = sources;
    this.ledger = ledger;
    this.rounds = rounds;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  private <T> T read(Supplier<T> work) {
    return transactions.executeRead(status -> work.get());
  }

  /**
   * One after another: two transactions that change many rows in different orders, as a renewal of
   * leases and a settlement do, would wait for each other until the database breaks one of them.
   */
  private <T> T write(Supplier<T> work) {
    writing.lock();
    try {
      return transactions.executeWrite(status -> work.get());
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Optional<CatalogEntry> find(DocumentId id) {
    return read(
        () ->
            documents.findById(id.value()).filter(row -> !row.removing()).map(DocumentRow::entry));
  }

  @Override
  public Page list(Query query) {
    FilterSql condition = new FilterSql().and("removing = false").accept(query.visible());
    query.state().ifPresent(state -> condition.and("state = ?", state.name()));
    query.source().ifPresent(source -> condition.and("source = ?", source));
    query.path().ifPresent(path -> condition.and("path = ?", path));
    query
        .pathPrefix()
        .ifPresent(path -> condition.and("path like ? escape '!'", FilterSql.literal(path) + "%"));
    query
        .text()
        .map(SearchText::normalize)
        .ifPresent(
            text ->
                condition.and(
                    "path_folded like ? escape '!'", "%" + FilterSql.literal(text) + "%"));
    query
        .cursor()
        .map(Cursor::read)
        .ifPresent(
            after ->
                condition.and(
                    "(source > ? or source = ? and path > ?)",
                    after.source(),
                    after.source(),
                    after.path()));
    String sql =
        "select * from documents where "
            + condition.where()
            + " order by source, path fetch first "
            + (query.limit() + 1)
            + " rows only";
    List<CatalogEntry> found =
        read(
            () -> select(sql, condition, rows -> jdbc.readEntity(rows, DocumentRow.class).entry()));
    return page(found, query.limit());
  }

  private static Page page(List<CatalogEntry> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    CatalogEntry last = found.get(limit - 1);
    return new Page(
        found.subList(0, limit), Optional.of(new Cursor(last.source(), last.path()).write()));
  }

  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> List<T> select(String sql, FilterSql condition, Reading<T> reading) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          bind(statement, condition.parameters());
          List<T> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(reading.read(rows));
            }
          }
          return found;
        });
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private record StateCount(State state, long files, long passages) {}

  @Override
  public Counts counts(Filter visible) {
    FilterSql condition = new FilterSql().and("removing = false").accept(visible);
    String sql =
        "select state, count(*), sum(passages) from documents where "
            + condition.where()
            + " group by state";
    List<StateCount> rows =
        read(
            () ->
                select(
                    sql,
                    condition,
                    row ->
                        new StateCount(
                            State.valueOf(row.getString(1)), row.getLong(2), row.getLong(3))));
    long ignored = visible instanceof Filter.All ? ignored() : 0;
    Map<State, Long> files = new EnumMap<>(State.class);
    rows.forEach(row -> files.put(row.state(), row.files()));
    return new Counts(
        files.getOrDefault(State.INDEXED, 0L),
        files.getOrDefault(State.FAILED, 0L),
        files.getOrDefault(State.SKIPPED, 0L),
        files.getOrDefault(State.PENDING, 0L),
        ignored,
        rows.stream().mapToLong(StateCount::passages).sum());
  }

  private long ignored() {
    return read(() -> sources.findAllOrderByPlace().stream().mapToLong(SourceRow::ignored).sum());
  }

  @Override
  public List<SourceState> sources() {
    return read(() -> sources.findAllOrderByPlace().stream().map(SourceRow::state).toList());
  }

  @Override
  public QueueState queue() {
    return read(() -> ledgerRow().queue(documents.countPending()));
  }

  private LedgerRow ledgerRow() {
    return ledger
        .findById(LedgerRow.ONLY)
        .orElseThrow(() -> new IllegalStateException("the catalogue's ledger row is missing"));
  }

  @Override
  public List<KnownFile> under(String source, String path) {
    List<DocumentRow> rows =
        read(
            () ->
                path.isEmpty()
                    ? documents.ofSource(source)
                    : documents.under(source, path, FilterSql.literal(path) + "/%"));
    return known(rows);
  }

  @Override
  public Optional<KnownFile> at(String source, String path) {
    return read(() -> documents.at(source, path)).map(DocumentRow::knownFile);
  }

  @Override
  public List<KnownFile> withFileKey(String source, String fileKey) {
    return known(read(() -> documents.withFileKey(source, fileKey)));
  }

  @Override
  public List<KnownFile> withSize(String source, long size) {
    return known(read(() -> documents.withSize(source, size)));
  }

  private static List<KnownFile> known(List<DocumentRow> rows) {
    return rows.stream().map(DocumentRow::knownFile).toList();
  }

  @Override
  public void forEach(Consumer<? super KnownFile> each) {
    read(
        () -> {
          FilterSql all = new FilterSql();
          select(
              "select * from documents",
              all,
              rows -> {
                each.accept(jdbc.readEntity(rows, DocumentRow.class).knownFile());
                return true;
              });
          return true;
        });
  }

  @Override
  public void record(List<? extends FileChange> changes, Instant now) {
    write(
        () -> {
          changes.forEach(this::freePath);
          changes.forEach(change -> apply(change, now.toEpochMilli()));
          documents.saveAll(appeared(changes, now.toEpochMilli()));
          return true;
        });
  }

  private void freePath(FileChange change) {
    if (change instanceof FileChange.Vanished gone) {
      documents.vanish(gone.id().value(), tombstone(gone.id()));
    } else if (change instanceof FileChange.Moved moved) {
      documents.move(moved.id().value(), tombstone(moved.id()), "");
    }
  }

  /** A path that no file can have. */
  private static String tombstone(DocumentId id) {
    return "/" + id.value();
  }

  private void apply(FileChange change, long now) {
    switch (change) {
      case FileChange.Vanished gone -> {}
      case FileChange.Appeared file -> {}
      case FileChange.Changed file -> change(file, now);
      case FileChange.Settled file -> documents.settle(file.id().value(), now);
      case FileChange.Moved file -> move(file, now);
      case FileChange.Refused file -> refuse(file);
      case FileChange.Adopted file -> documents.save(adopted(file));
      case FileChange.Requeued file ->
          documents.requeue(file.id().value(), file.fresh() ? 0 : 1, now);
    }
  }

  /** New files come by the thousand and are written in one batch. */
  private static List<DocumentRow> appeared(List<? extends FileChange> changes, long now) {
    List<DocumentRow> rows = new ArrayList<>();
    for (FileChange change : changes) {
      if (change instanceof FileChange.Appeared file) {
        rows.add(pending(file, now));
      }
    }
    return rows;
  }

  private void change(FileChange.Changed file, long now) {
    documents.change(
        file.id().value(),
        file.stamp().size(),
        EpochTimes.nanos(file.stamp().modifiedAt()),
        file.stamp().fileKey(),
        Lane.of(file.stamp().size()).name(),
        file.settled() ? (Long) now : null);
  }

  /** A worker may have settled another version between the look at the folder and now. */
  private void move(FileChange.Moved file, long now) {
    documents.move(file.id().value(), file.path(), SearchText.normalize(file.path()));
    FileStamp recognised = file.recognised();
    int same =
        documents.restamp(
            file.id().value(),
            file.stamp().size(),
            EpochTimes.nanos(file.stamp().modifiedAt()),
            file.stamp().fileKey(),
            recognised.size(),
            EpochTimes.nanos(recognised.modifiedAt()),
            recognised.fileKey());
    if (same == 0) {
      change(new FileChange.Changed(file.id(), file.stamp(), true), now);
    }
  }

  private void refuse(FileChange.Refused file) {
    int known =
        documents.refuse(
            file.id().value(),
            file.stamp().size(),
            EpochTimes.nanos(file.stamp().modifiedAt()),
            file.stamp().fileKey(),
            file.reason().code().wireName(),
            value(file.reason()));
    if (known == 0) {
      documents.save(skipped(file));
    }
  }

  private static String value(Reason reason) {
    return reason.value().substring(0, Math.min(MAX_VALUE, reason.value().length()));
  }

  private static DocumentRow pending(FileChange.Appeared file, long now) {
    Long due = file.settled() ? (Long) now : null;
    return row(file.id(), file.source(), file.path(), file.stamp(), State.PENDING, null, due);
  }

  private static DocumentRow skipped(FileChange.Refused file) {
    return row(
        file.id(), file.source(), file.path(), file.stamp(), State.SKIPPED, file.reason(), null);
  }

  private static DocumentRow row(
      DocumentId id,
      String source,
      String path,
      FileStamp stamp,
      State state,
      @Nullable Reason reason,
      @Nullable Long due) {
    return new DocumentRow(
        id.value(),
        source,
        path,
        SearchText.normalize(path),
        UNREAD_TYPE,
        stamp.size(),
        EpochTimes.nanos(stamp.modifiedAt()),
        stamp.fileKey(),
        null,
        null,
        state.name(),
        (state == State.PENDING ? Stage.WAITING : Stage.DONE).name(),
        reason == null ? null : reason.code().wireName(),
        reason == null ? null : value(reason),
        "",
        0,
        0,
        null,
        null,
        0,
        Lane.of(stamp.size()).name(),
        due,
        null,
        null,
        0,
        0,
        false);
  }

  private static DocumentRow adopted(FileChange.Adopted file) {
    DocumentMeta document = file.document();
    return new DocumentRow(
        document.id().value(),
        document.source(),
        document.path(),
        SearchText.normalize(document.path()),
        document.mediaType(),
        document.size(),
        EpochTimes.nanos(document.modifiedAt()),
        "",
        document.sha256(),
        document.fingerprint(),
        State.INDEXED.name(),
        Stage.DONE.name(),
        null,
        null,
        "",
        file.passages(),
        0,
        null,
        null,
        1,
        Lane.of(document.size()).name(),
        null,
        null,
        null,
        file.epoch(),
        0,
        false);
  }

  @Override
  public Optional<Claim> claim(String owner, Lane lane, Order order, Instant now, Duration lease) {
    long millis = now.toEpochMilli();
    long until = now.plus(lease).toEpochMilli();
    return write(
        () ->
            due(lane, order, millis)
                .filter(row -> documents.lease(row.id(), row.revision(), owner, until, millis) == 1)
                .flatMap(row -> documents.findById(row.id()))
                .map(DocumentRow::claim));
  }

  private Optional<DocumentRow> due(Lane lane, Order order, long now) {
    return switch (order) {
      case OLDEST_FIRST -> documents.oldestDue(lane.name(), now);
      case NEWEST_FIRST -> documents.newestDue(lane.name(), now);
    };
  }

  @Override
  public boolean holds(Claim claim) {
    return read(() -> documents.countHeld(claim.id().value(), claim.revision())) == 1;
  }

  @Override
  public void stage(Claim claim, Stage stage) {
    write(() -> documents.stage(claim.id().value(), claim.revision(), stage.name()));
  }

  @Override
  public void renew(String owner, Instant now, Duration lease) {
    write(() -> documents.renew(owner, now.plus(lease).toEpochMilli()));
  }

  @Override
  public void releaseLeases(String owner) {
    write(() -> documents.releaseAll(owner));
  }

  @Override
  public void giveBack(Claim claim, Optional<Instant> due) {
    write(
        () -> {
          documents.postpone(claim.id().value(), claim.revision(), EpochTimes.millis(due));
          return documents.release(claim.id().value());
        });
  }

  @Override
  public void handOver(Claim claim, Lane lane, Instant now) {
    write(
        () -> {
          documents.handOver(claim.id().value(), claim.revision(), lane.name(), now.toEpochMilli());
          return documents.release(claim.id().value());
        });
  }

  @Override
  public int recognizeWhatWasNot(String unread, Instant now) {
    String code = ReasonCode.OCR_NOT_INSTALLED.wireName();
    return write(
        () ->
            documents.recognizeRefused(code, Lane.OCR.name(), now.toEpochMilli())
                + documents.recognizeUnread(unread, Lane.OCR.name(), now.toEpochMilli()));
  }

  @Override
  public Set<DocumentId> settle(long epoch, List<? extends Settlement> settlements) {
    return write(
        () -> {
          Set<DocumentId> lost = new HashSet<>();
          settlements.forEach(settlement -> settle(settlement, epoch, lost));
          ledger.raiseEpoch(epoch);
          return lost;
        });
  }

  private void settle(Settlement settlement, long epoch, Set<DocumentId> lost) {
    switch (settlement) {
      case Settlement.Indexed file -> {
        close(file.claim(), indexed(file, epoch), lost);
        file.again().ifPresent(lane -> readAgain(file, lane));
      }
      case Settlement.Unchanged file -> close(file.claim(), unchanged(file, epoch), lost);
      case Settlement.NotIndexed file -> close(file.claim(), notIndexed(file), lost);
      case Settlement.Removed file -> documents.delete(file.id().value());
    }
  }

  private void close(Claim claim, int rows, Set<DocumentId> lost) {
    documents.release(claim.id().value());
    if (rows == 0) {
      lost.add(claim.id());
    }
  }

  private void readAgain(Settlement.Indexed file, Lane lane) {
    Claim claim = file.claim();
    documents.readAgain(
        claim.id().value(), claim.revision(), lane.name(), file.at().toEpochMilli());
  }

  private int indexed(Settlement.Indexed file, long epoch) {
    return documents.indexed(
        file.claim().id().value(),
        file.claim().revision(),
        file.stamp().size(),
        EpochTimes.nanos(file.stamp().modifiedAt()),
        file.stamp().fileKey(),
        mediaType(file.mediaType()),
        file.sha256(),
        file.fingerprint(),
        NoteText.write(file.notes()),
        file.passages(),
        file.pages(),
        file.language().orElse(null),
        file.at().toEpochMilli(),
        epoch);
  }

  private int unchanged(Settlement.Unchanged file, long epoch) {
    return documents.unchanged(
        file.claim().id().value(),
        file.claim().revision(),
        file.stamp().size(),
        EpochTimes.nanos(file.stamp().modifiedAt()),
        file.stamp().fileKey(),
        mediaType(file.mediaType()),
        file.sha256(),
        file.fingerprint(),
        file.passages(),
        file.at().toEpochMilli(),
        epoch);
  }

  private int notIndexed(Settlement.NotIndexed file) {
    return documents.notIndexed(
        file.claim().id().value(),
        file.claim().revision(),
        mediaType(file.mediaType()),
        file.sha256().orElse(null),
        file.state().name(),
        file.stage().name(),
        file.reason().code().wireName(),
        value(file.reason()),
        EpochTimes.millis(file.retryAt()));
  }

  private static String mediaType(String type) {
    return type.substring(0, Math.min(MAX_TYPE, type.length()));
  }

  @Override
  public void clockSet(Duration by) {
    write(() -> documents.moveDue(by.toMillis()) + documents.moveLeases(by.toMillis()));
  }

  @Override
  public void dueWithin(Instant now, Duration most) {
    write(
        () ->
            documents.pendingDueBy(now.toEpochMilli())
                + documents.allDueBy(now.plus(most).toEpochMilli()));
  }

  @Override
  public List<KnownFile> indexedAfter(String source, String path, int limit) {
    return known(read(() -> documents.indexedAfter(source, path, limit)));
  }

  @Override
  public Optional<HashRound> hashRound(String source) {
    return read(() -> rounds.findById(source)).map(HashRoundRow::hashRound);
  }

  @Override
  public void write(HashRound round) {
    write(
        () -> {
          if (rounds.findById(round.source()).isPresent()) {
            rounds.update(HashRoundRow.of(round));
          } else {
            rounds.save(HashRoundRow.of(round));
          }
          return true;
        });
  }

  @Override
  public long epoch() {
    return read(this::ledgerRow).epoch();
  }

  @Override
  public void configure(List<SourceRecord> configured) {
    write(
        () -> {
          Set<String> names = new HashSet<>();
          configured.forEach(source -> names.add(source.name()));
          sources.findAllOrderByPlace().stream()
              .filter(row -> !names.contains(row.name()))
              .forEach(this::forget);
          for (int place = 0; place < configured.size(); place++) {
            put(SourceRow.of(configured.get(place), place));
          }
          return true;
        });
  }

  private void forget(SourceRow row) {
    documents.deleteOfSource(row.name());
    sources.forget(row.name());
    rounds.forget(row.name());
  }

  private void put(SourceRow row) {
    if (sources.findById(row.name()).isPresent()) {
      sources.update(row);
    } else {
      sources.save(row);
    }
  }

  @Override
  public Optional<SourceRecord> source(String name) {
    return read(() -> sources.findById(name)).map(SourceRow::sourceRecord);
  }

  @Override
  public void write(SourceRecord source) {
    write(
        () -> {
          sources
              .findById(source.name())
              .ifPresent(row -> sources.update(SourceRow.of(source, row.place())));
          return true;
        });
  }

  @Override
  public void confirm(String source) {
    write(() -> sources.confirm(source));
  }

  @Override
  public long countWanted(Collection<String> names) {
    return read(() -> names.stream().mapToLong(documents::countWanted).sum());
  }

  @Override
  public long pendingBytes() {
    return read(documents::pendingBytes);
  }

  @Override
  public void pace(double passagesPerSecond, Optional<Duration> eta) {
    write(() -> ledger.pace(passagesPerSecond, eta.map(Duration::toMillis).orElse(null)));
  }

  @Override
  public void pause(boolean paused) {
    write(() -> ledger.pause(paused));
  }
}

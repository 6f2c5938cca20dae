package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The catalogue through Micronaut Data; every public method is one transaction. */
@Singleton
final class JdbcDocumentLedger implements DocumentLedger {
  private final CatalogConnections connections;
  private final CatalogTransactions transactions;
  private final DocumentRows documents;
  private final LedgerRows ledger;
  private final Tallies tallies;
  private final DocumentListing listing;
  private final RecordedChanges recorded;
  private final ClaimQueue claims;
  private final ClaimResults claimResults;
  private final ConfiguredSources bySource;
  private final Decisions decisions;

  /** Twice a second another one, of which nobody wants to know after a restart. */
  private volatile Pace pace = new Pace(0, Optional.empty());

  private record Pace(double passagesPerSecond, Optional<Duration> eta) {}

  JdbcDocumentLedger(
      CatalogConnections connections,
      CatalogTransactions transactions,
      DocumentRows documents,
      LedgerRows ledger,
      Tallies tallies,
      DocumentListing listing,
      RecordedChanges recorded,
      ClaimQueue claims,
      ClaimResults claimResults,
      ConfiguredSources bySource,
      Decisions decisions) {
    this.connections = connections;
    this.transactions = transactions;
    this.documents = documents;
    this.ledger = ledger;
    this.tallies = tallies;
    this.listing = listing;
    this.recorded = recorded;
    this.claims = claims;
    this.claimResults = claimResults;
    this.bySource = bySource;
    this.decisions = decisions;
  }

  @Override
  public boolean isOpen() {
    return connections.isOpen();
  }

  @Override
  public Optional<String> reopen(long indexEpoch) {
    return connections.reopen(indexEpoch);
  }

  @Override
  public Optional<CatalogEntry> find(DocumentId id) {
    return transactions.read(
        () ->
            documents.findById(id.value()).filter(row -> !row.removing()).map(DocumentRow::entry));
  }

  @Override
  public Page list(Query query) {
    return listing.list(query);
  }

  @Override
  public Counts counts(Filter visible) {
    return listing.counts(visible);
  }

  @Override
  public List<SourceState> sources() {
    return bySource.sources();
  }

  @Override
  public QueueState queue() {
    Pace now = pace;
    return transactions.read(
        () ->
            new QueueState(
                pending().mapToLong(TallyRow::files).sum(),
                now.passagesPerSecond(),
                now.eta(),
                ledgerRow().paused()));
  }

  private Stream<TallyRow> pending() {
    return tallies.all().stream().filter(row -> row.is(State.PENDING));
  }

  private LedgerRow ledgerRow() {
    return ledger
        .findById(LedgerRow.ONLY)
        .orElseThrow(() -> new IllegalStateException("the catalogue's ledger row is missing"));
  }

  @Override
  public List<KnownFile> under(String source, String path) {
    List<DocumentRow> rows =
        transactions.read(
            () ->
                path.isEmpty()
                    ? documents.ofSource(source)
                    : documents.under(source, path, FilterSql.literal(path) + "/%"));
    return known(rows);
  }

  @Override
  public Optional<KnownFile> at(String source, String path) {
    return transactions.read(() -> documents.at(source, path)).map(DocumentRow::knownFile);
  }

  @Override
  public List<KnownFile> withFileKey(String source, String fileKey) {
    return known(transactions.read(() -> documents.withFileKey(source, fileKey)));
  }

  @Override
  public List<KnownFile> withSize(String source, long size) {
    return known(transactions.read(() -> documents.withSize(source, size)));
  }

  private static List<KnownFile> known(List<DocumentRow> rows) {
    return rows.stream().map(DocumentRow::knownFile).toList();
  }

  @Override
  public void forEach(Consumer<? super KnownFile> each) {
    listing.forEach(each);
  }

  @Override
  public void record(List<? extends FileChange> changes, Instant now) {
    recorded.record(changes, now);
  }

  @Override
  public List<Claim> claim(
      String owner, Lane lane, Order order, Instant now, Duration lease, int most) {
    return claims.claim(owner, lane, order, now, lease, most);
  }

  @Override
  public boolean holds(Claim claim) {
    return claims.holds(claim);
  }

  @Override
  public void stage(Claim claim, Stage stage) {
    claims.stage(claim, stage);
  }

  @Override
  public void renew(String owner, Instant now, Duration lease) {
    claims.renew(owner, now, lease);
  }

  @Override
  public void releaseLeases(String owner) {
    claims.releaseLeases(owner);
  }

  @Override
  public void giveBack(Claim claim, Optional<Instant> due) {
    claims.giveBack(claim, due);
  }

  @Override
  public void giveBackUnread(List<Claim> unread) {
    claims.giveBackUnread(unread);
  }

  @Override
  public void handOver(Claim claim, Lane lane, Instant now) {
    claims.handOver(claim, lane, now);
  }

  @Override
  public int recognizeWhatWasNot(String unread, Instant now) {
    return claims.recognizeWhatWasNot(unread, now);
  }

  @Override
  public Set<DocumentId> recordResults(long epoch, List<? extends ClaimResult> results) {
    return claimResults.recordResults(epoch, results);
  }

  @Override
  public void clockSet(Duration by) {
    claims.clockSet(by);
  }

  @Override
  public void dueWithin(Instant now, Duration most) {
    claims.dueWithin(now, most);
  }

  @Override
  public List<KnownFile> indexedAfter(String source, String path, int limit) {
    return known(transactions.read(() -> documents.indexedAfter(source, path, limit)));
  }

  @Override
  public Optional<HashRound> hashRound(String source) {
    return bySource.hashRound(source);
  }

  @Override
  public void write(HashRound round) {
    bySource.write(round);
  }

  @Override
  public void compact() {
    transactions.compact();
  }

  @Override
  public long epoch() {
    return transactions.read(this::ledgerRow).epoch();
  }

  @Override
  public void configure(List<SourceRecord> configured) {
    bySource.configure(configured);
  }

  @Override
  public void join(SourceRecord source) {
    bySource.join(source);
  }

  @Override
  public void leave(String source) {
    bySource.leave(source);
  }

  @Override
  public Optional<SourceRecord> source(String name) {
    return bySource.source(name);
  }

  @Override
  public void write(SourceRecord source) {
    bySource.write(source);
  }

  @Override
  public void confirm(String source) {
    bySource.confirm(source);
  }

  @Override
  public long countWanted(Collection<String> names) {
    return bySource.countWanted(names);
  }

  @Override
  public long pendingBytes() {
    return transactions.read(() -> pending().mapToLong(TallyRow::sizeBytes).sum());
  }

  @Override
  public void pace(double passagesPerSecond, Optional<Duration> eta) {
    pace = new Pace(passagesPerSecond, eta);
  }

  @Override
  public void pause(boolean paused) {
    decisions.pause(paused);
    transactions.write(() -> ledger.pause(paused));
  }
}

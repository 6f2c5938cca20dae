package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.outcome.ReasonCode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** The claims of files, and the times from which files may be claimed. Thread-safe. */
@Singleton
final class ClaimQueue {
  private final CatalogTransactions transactions;
  private final DocumentRows documents;
  private final Tallies tallies;

  ClaimQueue(CatalogTransactions transactions, DocumentRows documents, Tallies tallies) {
    this.transactions = transactions;
    this.documents = documents;
    this.tallies = tallies;
  }

  List<Claim> claim(String owner, Lane lane, Order order, Instant now, Duration lease, int most) {
    long millis = now.toEpochMilli();
    long until = now.plus(lease).toEpochMilli();
    return transactions.write(
        () ->
            due(lane, order, millis, most).stream()
                .filter(row -> lease(row, owner, until, millis))
                .map(DocumentRow::claimed)
                .toList());
  }

  private List<DocumentRow> due(Lane lane, Order order, long now, int most) {
    List<DocumentRow> due =
        switch (order) {
          case OLDEST_FIRST -> documents.oldestDue(lane.name(), now, most);
          case NEWEST_FIRST -> documents.newestDue(lane.name(), now, most);
        };
    return due.isEmpty() ? documents.leaseOver(lane.name(), now, most) : due;
  }

  private boolean lease(DocumentRow row, String owner, long until, long now) {
    IntSupplier leasing = () -> documents.lease(row.id(), row.revision(), owner, until, now);
    boolean counted = row.state().equals(State.PENDING.name());
    return (counted ? leasing.getAsInt() : tallies.counted(row.id(), leasing)) == 1;
  }

  boolean holds(Claim claim) {
    return transactions.read(() -> documents.countHeld(claim.id().value(), claim.revision())) == 1;
  }

  void stage(Claim claim, Stage stage) {
    transactions.write(() -> documents.stage(claim.id().value(), claim.revision(), stage.name()));
  }

  void renew(String owner, Instant now, Duration lease) {
    long until = now.plus(lease).toEpochMilli();
    transactions.write(() -> inEachLane(lane -> documents.renew(lane, owner, until)));
  }

  void releaseLeases(String owner) {
    transactions.write(() -> inEachLane(lane -> documents.releaseAll(lane, owner)));
  }

  private static int inEachLane(ToIntFunction<String> statement) {
    return Arrays.stream(Lane.values()).map(Lane::name).mapToInt(statement).sum();
  }

  void giveBack(Claim claim, Optional<Instant> due) {
    transactions.write(
        () -> {
          documents.postpone(claim.id().value(), claim.revision(), EpochTimes.millis(due));
          return documents.release(claim.id().value());
        });
  }

  void giveBackUnread(List<Claim> claims) {
    transactions.write(
        () -> {
          int given = 0;
          for (Claim claim : claims) {
            documents.untry(claim.id().value(), claim.revision());
            given += documents.release(claim.id().value());
          }
          return given;
        });
  }

  void handOver(Claim claim, Lane lane, Instant now) {
    transactions.write(
        () -> {
          documents.handOver(claim.id().value(), claim.revision(), lane.name(), now.toEpochMilli());
          return documents.release(claim.id().value());
        });
  }

  int recognizeWhatWasNot(String unread, Instant now) {
    String code = ReasonCode.OCR_NOT_INSTALLED.wireName();
    return transactions.write(
        () -> {
          int refused = documents.recognizeRefused(code, Lane.OCR.name(), now.toEpochMilli());
          if (refused > 0) {
            tallies.countAnew();
          }
          return refused + documents.recognizeUnread(unread, Lane.OCR.name(), now.toEpochMilli());
        });
  }

  void clockSet(Duration by) {
    transactions.write(
        () -> documents.moveDue(by.toMillis()) + documents.moveLeases(by.toMillis()));
  }

  void dueWithin(Instant now, Duration most) {
    transactions.write(
        () ->
            inEachLane(
                lane ->
                    documents.pendingDueBy(lane, now.toEpochMilli())
                        + documents.allDueBy(lane, now.plus(most).toEpochMilli())));
  }
}

package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.outcome.ReasonCode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The claims of files, and the times from which files may be claimed. Thread-safe. */
@Singleton
final class ClaimQueue {
  private final CatalogTransactions transactions;
  private final DocumentRows documents;

  ClaimQueue(CatalogTransactions transactions, DocumentRows documents) {
    this.transactions = transactions;
    this.documents = documents;
  }

  Optional<Claim> claim(String owner, Lane lane, Order order, Instant now, Duration lease) {
    long millis = now.toEpochMilli();
    long until = now.plus(lease).toEpochMilli();
    return transactions.write(
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

  boolean holds(Claim claim) {
    return transactions.read(() -> documents.countHeld(claim.id().value(), claim.revision())) == 1;
  }

  void stage(Claim claim, Stage stage) {
    transactions.write(() -> documents.stage(claim.id().value(), claim.revision(), stage.name()));
  }

  void renew(String owner, Instant now, Duration lease) {
    transactions.write(() -> documents.renew(owner, now.plus(lease).toEpochMilli()));
  }

  void releaseLeases(String owner) {
    transactions.write(() -> documents.releaseAll(owner));
  }

  void giveBack(Claim claim, Optional<Instant> due) {
    transactions.write(
        () -> {
          documents.postpone(claim.id().value(), claim.revision(), EpochTimes.millis(due));
          return documents.release(claim.id().value());
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
        () ->
            documents.recognizeRefused(code, Lane.OCR.name(), now.toEpochMilli())
                + documents.recognizeUnread(unread, Lane.OCR.name(), now.toEpochMilli()));
  }

  void clockSet(Duration by) {
    transactions.write(
        () -> documents.moveDue(by.toMillis()) + documents.moveLeases(by.toMillis()));
  }

  void dueWithin(Instant now, Duration most) {
    transactions.write(
        () ->
            documents.pendingDueBy(now.toEpochMilli())
                + documents.allDueBy(now.plus(most).toEpochMilli()));
  }
}

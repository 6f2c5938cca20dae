package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.ClaimResult;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The results for claimed files, written down with the commit that made it durable. Thread-safe.
 */
@Singleton
final class ClaimResults {
  private final CatalogTransactions transactions;
  private final DocumentRows documents;
  private final LedgerRows ledger;
  private final Tallies tallies;

  ClaimResults(
      CatalogTransactions transactions,
      DocumentRows documents,
      LedgerRows ledger,
      Tallies tallies) {
    this.transactions = transactions;
    this.documents = documents;
    this.ledger = ledger;
    this.tallies = tallies;
  }

  Set<DocumentId> recordResults(long epoch, List<? extends ClaimResult> results) {
    return transactions.write(
        () -> {
          Set<DocumentId> lost = new HashSet<>();
          results.forEach(result -> record(result, epoch, lost));
          ledger.raiseEpoch(epoch);
          return lost;
        });
  }

  private void record(ClaimResult result, long epoch, Set<DocumentId> lost) {
    switch (result) {
      case ClaimResult.Indexed file -> {
        close(file.claim(), () -> indexed(file, epoch), lost);
        file.again().ifPresent(lane -> readAgain(file, lane));
      }
      case ClaimResult.Unchanged file -> close(file.claim(), () -> unchanged(file, epoch), lost);
      case ClaimResult.NotIndexed file -> close(file.claim(), () -> notIndexed(file), lost);
      case ClaimResult.Removed file -> documents.delete(file.id().value());
    }
  }

  /** The lease ends with the same statement, or by itself where the claim was lost. */
  private void close(Claim claim, IntSupplier statement, Set<DocumentId> lost) {
    if (tallies.counted(claim.id().value(), statement) == 0) {
      documents.release(claim.id().value());
      lost.add(claim.id());
    }
  }

  private void readAgain(ClaimResult.Indexed file, Lane lane) {
    Claim claim = file.claim();
    documents.readAgain(
        claim.id().value(), claim.revision(), lane.name(), file.at().toEpochMilli());
  }

  private int indexed(ClaimResult.Indexed file, long epoch) {
    return documents.indexed(
        file.claim().id().value(),
        file.claim().revision(),
        file.stamp().size(),
        EpochTimes.nanos(file.stamp().modifiedAt()),
        file.stamp().fileKey(),
        DocumentRow.mediaType(file.mediaType()),
        file.sha256(),
        file.fingerprint(),
        NoteText.write(file.notes()),
        file.passages(),
        file.pages(),
        file.language().orElse(null),
        file.at().toEpochMilli(),
        epoch);
  }

  private int unchanged(ClaimResult.Unchanged file, long epoch) {
    return documents.unchanged(
        file.claim().id().value(),
        file.claim().revision(),
        file.stamp().size(),
        EpochTimes.nanos(file.stamp().modifiedAt()),
        file.stamp().fileKey(),
        DocumentRow.mediaType(file.mediaType()),
        file.sha256(),
        file.fingerprint(),
        file.passages(),
        file.at().toEpochMilli(),
        epoch);
  }

  private int notIndexed(ClaimResult.NotIndexed file) {
    return documents.notIndexed(
        file.claim().id().value(),
        file.claim().revision(),
        DocumentRow.mediaType(file.mediaType()),
        file.sha256().orElse(null),
        file.fingerprint(),
        file.state().name(),
        file.stage().name(),
        file.reason().code().wireName(),
        DocumentRow.value(file.reason()),
        EpochTimes.millis(file.retryAt()));
  }
}

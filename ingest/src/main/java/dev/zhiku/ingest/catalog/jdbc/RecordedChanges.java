package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.Reason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes that scans found, written into the rows of the files. Thread-safe. */
@Singleton
final class RecordedChanges {
  private static final String UNREAD_TYPE = "application/octet-stream";

  private final CatalogTransactions transactions;
  private final DocumentRows documents;
  private final Tallies tallies;

  RecordedChanges(CatalogTransactions transactions, DocumentRows documents, Tallies tallies) {
    this.transactions = transactions;
    this.documents = documents;
    this.tallies = tallies;
  }

  void record(List<? extends FileChange> changes, Instant now) {
    transactions.write(
        () -> {
          changes.forEach(this::freePath);
          changes.forEach(change -> apply(change, now.toEpochMilli()));
          saveAll(appeared(changes, now.toEpochMilli()));
          return true;
        });
  }

  private void saveAll(List<DocumentRow> rows) {
    documents.saveAll(rows);
    rows.forEach(tallies::appeared);
  }

  private void freePath(FileChange change) {
    if (change instanceof FileChange.Vanished gone) {
      String id = gone.id().value();
      tallies.counted(id, () -> documents.vanish(id, tombstone(gone.id())));
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
      case FileChange.Stable file -> documents.stable(file.id().value(), now);
      case FileChange.Moved file -> move(file, now);
      case FileChange.Refused file -> refuse(file);
      case FileChange.Adopted file -> saveAll(List.of(adopted(file)));
      case FileChange.Requeued file -> requeue(file, now);
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

  private void requeue(FileChange.Requeued file, long now) {
    String id = file.id().value();
    tallies.counted(id, () -> documents.requeue(id, file.fresh() ? 0 : 1, now));
  }

  private void change(FileChange.Changed file, long now) {
    tallies.counted(
        file.id().value(),
        () ->
            documents.change(
                file.id().value(),
                file.stamp().size(),
                EpochTimes.nanos(file.stamp().modifiedAt()),
                file.stamp().fileKey(),
                Lane.of(file.stamp().size()).name(),
                file.stable() ? (Long) now : null));
  }

  /** A worker may have recorded another version between the look at the folder and now. */
  private void move(FileChange.Moved file, long now) {
    documents.move(file.id().value(), file.path(), SearchText.normalize(file.path()));
    FileStamp recognised = file.recognised();
    int same =
        tallies.counted(
            file.id().value(),
            () ->
                documents.restamp(
                    file.id().value(),
                    file.stamp().size(),
                    EpochTimes.nanos(file.stamp().modifiedAt()),
                    file.stamp().fileKey(),
                    recognised.size(),
                    EpochTimes.nanos(recognised.modifiedAt()),
                    recognised.fileKey()));
    if (same == 0) {
      change(new FileChange.Changed(file.id(), file.stamp(), true), now);
    }
  }

  private void refuse(FileChange.Refused file) {
    int known =
        tallies.counted(
            file.id().value(),
            () ->
                documents.refuse(
                    file.id().value(),
                    file.stamp().size(),
                    EpochTimes.nanos(file.stamp().modifiedAt()),
                    file.stamp().fileKey(),
                    file.reason().code().wireName(),
                    DocumentRow.value(file.reason())));
    if (known == 0) {
      saveAll(List.of(skipped(file)));
    }
  }

  private static DocumentRow pending(FileChange.Appeared file, long now) {
    Long due = file.stable() ? (Long) now : null;
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
        reason == null ? null : DocumentRow.value(reason),
        "",
        0,
        0,
        null,
        null,
        0,
        Lane.of(stamp.size()).name(),
        due,
        null,
        0,
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
        0,
        file.epoch(),
        0,
        false);
  }
}

package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.outcome.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The result for a file, once an index commit holds it. */
public sealed interface ClaimResult {
  /**
   * Its passages are in the index.
   *
   * @param stamp of the version that was read
   * @param again lane in which it is read once more, for text recognition would find more in it
   */
  record Indexed(
      Claim claim,
      FileStamp stamp,
      String mediaType,
      String sha256,
      String fingerprint,
      int passages,
      int pages,
      Optional<String> language,
      List<Phrase> notes,
      Instant at,
      Optional<Claim.Lane> again)
      implements ClaimResult {
    public Indexed {
      notes = List.copyOf(notes);
    }

    /** All that is in it was read. */
    public Indexed(
        Claim claim,
        FileStamp stamp,
        String mediaType,
        String sha256,
        String fingerprint,
        int passages,
        int pages,
        Optional<String> language,
        List<Phrase> notes,
        Instant at) {
      this(
          claim,
          stamp,
          mediaType,
          sha256,
          fingerprint,
          passages,
          pages,
          language,
          notes,
          at,
          Optional.empty());
    }
  }

  /**
   * The index holds what these bytes give already. The row need not know: if an earlier result was
   * lost, it still tells of the version before.
   *
   * @param passages in the index
   */
  record Unchanged(
      Claim claim,
      FileStamp stamp,
      String mediaType,
      String sha256,
      String fingerprint,
      int passages,
      Instant at)
      implements ClaimResult {}

  /**
   * It is not in the index.
   *
   * @param state failed or skipped
   * @param fingerprint versions of what could not read it; others may be able to
   * @param retryAt when it is tried again by itself; empty for never
   */
  record NotIndexed(
      Claim claim,
      State state,
      Stage stage,
      String mediaType,
      Optional<String> sha256,
      String fingerprint,
      Reason reason,
      Optional<Instant> retryAt)
      implements ClaimResult {}

  /** A vanished file's passages are gone. */
  record Removed(DocumentId id) implements ClaimResult {}
}

package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A deleted original that is still kept.
 *
 * @param id of the document that it was
 * @param source where it lay; empty where an earlier version deleted it, as the path
 * @param path inside the source, or the name of the file alone
 * @param bytes of the file
 * @param deletedBy the name of who deleted it; empty where an earlier version did
 * @param deletedAt when it was deleted
 * @param keptUntil when it goes by itself
 */
public record TrashedFile(
    DocumentId id,
    Optional<String> source,
    String path,
    long bytes,
    String deletedBy,
    Instant deletedAt,
    Instant keptUntil) {

  /** Whether somebody may know of it; one of an earlier version is seen by who sees everything. */
  boolean isSeenBy(Filter visible) {
    return source
        .map(name -> visible.accepts(new Place(id, name, path)))
        .orElse(visible instanceof Filter.All);
  }

  /** The document that it was, as a filter is asked of it. */
  private record Place(DocumentId id, String source, String path) implements Filter.Subject {
    @Override
    public String mediaType() {
      return "";
    }

    @Override
    public Instant modifiedAt() {
      return Instant.EPOCH;
    }

    @Override
    public Set<String> labels() {
      return Set.of();
    }
  }
}

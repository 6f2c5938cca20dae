package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.outcome.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one file. What the index answers from may be an earlier version while {@link
 * State#PENDING}.
 *
 * @param path inside its source, {@code /} between parts, exactly as the file system spells it
 * @param mediaType as detected; {@code application/octet-stream} before the first reading
 * @param size bytes
 * @param sha256 of the bytes last read; empty before the first reading
 * @param stage what is being done or failed
 * @param reason for {@code failed} and {@code skipped}
 * @param passages in the index
 * @param pages pages or slides; 0 where the format has none
 * @param language {@code zh} or {@code en}, of most passages; empty before the first reading
 * @param attempts readings of this version so far
 * @param epoch of the index commit that holds the passages; 0 if none does
 */
public record CatalogEntry(
    DocumentId id,
    String source,
    String path,
    String mediaType,
    long size,
    Optional<String> sha256,
    State state,
    Stage stage,
    Optional<Reason> reason,
    List<Phrase> notes,
    int passages,
    int pages,
    Optional<String> language,
    Instant modifiedAt,
    Optional<Instant> indexedAt,
    int attempts,
    Optional<Instant> nextRetryAt,
    long epoch)
    implements Filter.Subject {

  /** None: files carry no labels yet. */
  @Override
  public Set<String> labels() {
    return Set.of();
  }

  /** The result for a file so far. */
  public enum State {
    PENDING,
    INDEXED,
    FAILED,
    SKIPPED
  }

  /** Steps of a file's way, in order. */
  public enum Stage {
    /** Waiting until nobody writes to it, or for its turn. */
    WAITING,
    READING,
    EXTRACTING,
    EMBEDDING,
    STORING,
    DONE
  }

  public CatalogEntry {
    notes = List.copyOf(notes);
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

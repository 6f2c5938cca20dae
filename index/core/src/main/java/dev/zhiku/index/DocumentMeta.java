package dev.zhiku.index;

import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Description of a document that the index keeps beside its passages; enough to refill a lost
 * catalogue.
 *
 * @param source name of the source that holds the file
 * @param path path inside the source, {@code /} between its parts on every system
 * @param mediaType detected type, such as {@code application/pdf}
 * @param size bytes
 * @param modifiedAt the file's own time stamp
 * @param sha256 of the file's bytes, 64 lower-case hex digits
 * @param fingerprint versions of extractor and splitter that made the passages
 * @param labels free words that a filter may ask for
 */
public record DocumentMeta(
    DocumentId id,
    String source,
    String path,
    String mediaType,
    long size,
    Instant modifiedAt,
    String sha256,
    String fingerprint,
    Set<String> labels)
    implements Filter.Subject {

  public DocumentMeta {
    labels = Set.copyOf(labels);
    if (source.isBlank() || path.isBlank() || path.startsWith("/")) {
      throw new IllegalArgumentException(
          "document " + id + " needs a source and a relative path, got " + source + ":" + path);
    }
  }

  /**
   * The description that a change makes of this one.
   *
   * @throws IllegalArgumentException if it is of another document
   */
  public DocumentMeta changed(UnaryOperator<DocumentMeta> change) {
    DocumentMeta after = change.apply(this);
    if (!after.id.equals(id)) {
      throw new IllegalArgumentException("document " + id + " cannot become " + after.id);
    }
    return after;
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

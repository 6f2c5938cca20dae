package dev.zhiku.server.webhooks;

import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, by names and ids: no word of a document, a question or an answer.
 *
 * @param data names and ids of what it happened to
 */
public record ServiceEvent(Type type, Map<String, String> data) {
  /** What can happen. */
  public enum Type {
    /** A file is answered from, in the version that it has now. */
    DOCUMENT_INDEXED("document.indexed"),
    /** A file could not be read. */
    DOCUMENT_FAILED("document.failed"),
    /** A file is gone, and its passages with it. */
    DOCUMENT_REMOVED("document.removed"),
    /** Somebody said what he thinks of an answer. */
    ANSWER_RATED("answer.rated"),
    /** Of a source nothing is removed until an administrator confirms it. */
    SOURCE_HELD("source.held"),
    /** Nothing is written any more until there is room. */
    DISK_FULL("disk.full");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** Name on the wire. */
    public String wireName() {
      return wireName;
    }

    /** The type of this name on the wire; empty if there is none. */
    public static Optional<Type> named(String name) {
      for (Type type : values()) {
        if (type.wireName.equals(name)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  public ServiceEvent {
    data = Map.copyOf(data);
  }

  /**
   * A document was read, or could not be.
   *
   * @param reason code of why it was not
   */
  public static ServiceEvent ofDocument(
      String id, String source, String path, Optional<String> reason) {
    return new ServiceEvent(
        reason.isPresent() ? Type.DOCUMENT_FAILED : Type.DOCUMENT_INDEXED,
        reason
            .map(code -> Map.of("document_id", id, "source", source, "path", path, "reason", code))
            .orElseGet(() -> Map.of("document_id", id, "source", source, "path", path)));
  }

  /** A document is gone. */
  public static ServiceEvent ofRemoved(String id) {
    return new ServiceEvent(Type.DOCUMENT_REMOVED, Map.of("document_id", id));
  }

  /**
   * An answer was rated.
   *
   * @param rating {@code up}, {@code down} or {@code none}
   */
  public static ServiceEvent ofRating(String conversation, int turn, String rating) {
    return new ServiceEvent(
        Type.ANSWER_RATED,
        Map.of("conversation_id", conversation, "turn", Integer.toString(turn), "rating", rating));
  }
}

package dev.zhiku.server.erasure;

import dev.zhiku.index.DocumentId;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A place where something of a deleted document may be left. Thread-safe. */
public interface ErasurePlace {
  /** What is done about what is left in a place. */
  enum Kind {
    /** It is taken out by itself, soon after the deletion. */
    CLEARED,
    /** It stays there on purpose for a while, or until somebody ends it. */
    KEPT
  }

  /**
   * What is left.
   *
   * @param count of places, such as passages or files
   * @param where they are, as people name it; the first {@link #MAX_NAMED} of them
   */
  record Left(long count, List<String> where) {
    /** Most places that are named. */
    public static final int MAX_NAMED = 20;

    /** Nothing. */
    public static final Left NOTHING = new Left(0, List.of());

    public Left {
      where = where.stream().limit(MAX_NAMED).toList();
    }

    /** Each of these. */
    public static Left of(List<String> where) {
      return new Left(where.size(), where);
    }
  }

  /** Its name in kebab-case, one of those about which there is a sentence in {@link ProofView}. */
  String name();

  Kind kind();

  /** Looks. */
  Left left(SoughtDocument document) throws IOException, InterruptedException;

  /**
   * Takes everything of these documents out; without effect where there is nothing, and where that
   * is not done by itself.
   */
  void clear(Set<DocumentId> documents) throws IOException, InterruptedException;

  /** Takes out at once what would stay on purpose; without effect where somebody else has to. */
  default void end(DocumentId document) throws IOException {}
}

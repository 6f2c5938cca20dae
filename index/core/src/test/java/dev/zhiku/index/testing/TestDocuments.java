package dev.zhiku.index.testing;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes documents and passages that tests can tell apart. */
public final class TestDocuments {
  /** Two embedders that no product code has. */
  public static final EmbedderId ONE = new EmbedderId("test-one", "1", 16);

  public static final EmbedderId OTHER = new EmbedderId("test-other", "1", 8);

  private static final Instant WRITTEN = Instant.parse("2026-03-01T08:00:00Z");

  private TestDocuments() {}

  /** A text file in the source {@code files}. */
  public static DocumentMeta document(String path) {
    return document(DocumentId.random(), path);
  }

  public static DocumentMeta document(DocumentId id, String path) {
    return new DocumentMeta(
        id, "files", path, "text/plain", 100, WRITTEN, "0".repeat(64), "test-1", Set.of());
  }

  /** The document with other labels. */
  public static DocumentMeta labelled(DocumentMeta of, String... labels) {
    return new DocumentMeta(
        of.id(),
        of.source(),
        of.path(),
        of.mediaType(),
        of.size(),
        of.modifiedAt(),
        of.sha256(),
        of.fingerprint(),
        Set.of(labels));
  }

  /** One passage for each text, embedded by {@link #ONE}. */
  public static List<EmbeddedPassage> passages(DocumentMeta document, String... texts) {
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (String text : texts) {
      passages.add(passage(document, passages.size(), text, ONE));
    }
    return passages;
  }

  public static EmbeddedPassage passage(
      DocumentMeta document, int ordinal, String text, EmbedderId embedder) {
    return passage(document, ordinal, text, Location.whole(List.of()), embedder);
  }

  public static EmbeddedPassage passage(
      DocumentMeta document, int ordinal, String text, Location location, EmbedderId embedder) {
    Passage passage = new Passage(new PassageId(document.id(), ordinal), text, location);
    return new EmbeddedPassage(passage, embedder, TextHash.of(text), vector(embedder, text));
  }

  /** The vector of a text: random, but always the same. */
  public static Embedding vector(EmbedderId embedder, String text) {
    Random random = new Random(text.hashCode());
    float[] values = new float[embedder.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Embedding.normalized(values);
  }
}

package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Documents and passages read back as {@link BlockWriter} stored them. */
final class BlockReader {
  private BlockReader() {}

  static DocumentMeta meta(Document stored) throws IOException {
    return new DocumentMeta(
        new DocumentId(text(stored, Fields.DOCUMENT)),
        text(stored, Fields.SOURCE),
        text(stored, Fields.PATH),
        text(stored, Fields.MEDIA_TYPE),
        number(stored, Fields.SIZE).longValue(),
        Instant.parse(text(stored, Fields.MODIFIED)),
        text(stored, Fields.SHA256),
        text(stored, Fields.FINGERPRINT),
        Set.of(stored.getValues(Fields.LABEL)));
  }

  static Passage passage(Document stored) throws IOException {
    PassageId id =
        new PassageId(
            new DocumentId(text(stored, Fields.DOCUMENT)),
            number(stored, Fields.ORDINAL).intValue());
    return new Passage(id, text(stored, Fields.TEXT), location(stored), blocks(stored));
  }

  private static List<TextBlock> blocks(Document stored) throws IOException {
    BytesRef bytes = stored.getBinaryValue(Fields.BLOCKS);
    return bytes == null ? List.of() : TextBlockCodec.decode(bytes);
  }

  private static Location location(Document stored) throws IOException {
    return new Location(
        Location.Kind.valueOf(text(stored, Fields.KIND)),
        List.of(stored.getValues(Fields.HEADING)),
        Optional.ofNullable(stored.get(Fields.ENTRY)),
        number(stored, Fields.START).intValue(),
        number(stored, Fields.END).intValue(),
        Optional.ofNullable(stored.get(Fields.CELLS)));
  }

  /** The passage with its raw vector, as it was given to the index. */
  static EmbeddedPassage embedded(LeafReader leaf, int doc, Document stored) throws IOException {
    EmbedderId embedder = EmbedderId.parse(text(stored, Fields.EMBEDDER));
    return new EmbeddedPassage(
        passage(stored),
        embedder,
        new TextHash(text(stored, Fields.TEXT_HASH)),
        vector(leaf, doc, embedder));
  }

  static Embedding vector(LeafReader leaf, int doc, EmbedderId embedder) throws IOException {
    return Embedding.of(vectors(leaf, embedder).at(doc));
  }

  /** Raw vectors of one embedder in a segment, read forwards. */
  record Vectors(LeafReader leaf, FloatVectorValues values, DocIndexIterator place) {
    /**
     * @param doc not below that of the call before
     * @return valid until the next call
     */
    float[] at(int doc) throws IOException {
      int found = place.docID() == doc ? doc : place.advance(doc);
      if (found != doc) {
        throw new CorruptIndexException("no vector for document " + doc, leaf.toString());
      }
      return values.vectorValue(place.index());
    }
  }

  static Vectors vectors(LeafReader leaf, EmbedderId embedder) throws IOException {
    FloatVectorValues values = leaf.getFloatVectorValues(Fields.vector(embedder));
    if (values == null) {
      throw new CorruptIndexException("no vectors of " + embedder, leaf.toString());
    }
    return new Vectors(leaf, values, values.iterator());
  }

  static String text(Document stored, String field) throws IOException {
    return require(stored.get(field), field);
  }

  private static Number number(Document stored, String field) throws IOException {
    IndexableField value = require(stored.getField(field), field);
    return require(value.numericValue(), field);
  }

  private static <T> T require(@Nullable T value, String field) throws IOException {
    if (value == null) {
      throw new CorruptIndexException("stored field is missing", field);
    }
    return value;
  }
}

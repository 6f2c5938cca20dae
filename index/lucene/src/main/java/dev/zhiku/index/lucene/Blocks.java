package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a reader. Used by one thread. */
final class Blocks {
  private final IndexReader reader;

  Blocks(IndexReader reader) {
    this.reader = reader;
  }

  /** A live block: its record, and right behind it so many passages. */
  record Block(LeafReader leaf, int documentRecord, int passages) {
    DocumentMeta meta() throws IOException {
      return BlockReader.meta(leaf.storedFields().document(documentRecord));
    }

    /** Passages in order, from an ordinal on; fewer than asked for at the block's end. */
    List<Passage> passages(int from, int limit) throws IOException {
      StoredFields stored = leaf.storedFields();
      List<Passage> found = new ArrayList<>();
      for (int i = from; i < passages && found.size() < limit; i++) {
        found.add(BlockReader.passage(stored.document(documentRecord + 1 + i)));
      }
      return found;
    }

    /** All passages with their raw vectors. */
    List<EmbeddedPassage> embedded() throws IOException {
      StoredFields stored = leaf.storedFields();
      List<EmbeddedPassage> found = new ArrayList<>(passages);
      for (int i = 0; i < passages; i++) {
        int doc = documentRecord + 1 + i;
        found.add(BlockReader.embedded(leaf, doc, stored.document(doc)));
      }
      return found;
    }
  }

  Optional<Block> find(DocumentId document) throws IOException {
    Term term = new Term(Fields.RECORD, document.value());
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      int doc = firstLive(leaf, term);
      if (doc != DocIdSetIterator.NO_MORE_DOCS) {
        return Optional.of(new Block(leaf, doc, passageCount(leaf, doc)));
      }
    }
    return Optional.empty();
  }

  /** The first live document of a segment that has the term, or NO_MORE_DOCS. */
  static int firstLive(LeafReader leaf, Term term) throws IOException {
    @Nullable PostingsEnum postings = leaf.postings(term, PostingsEnum.NONE);
    if (postings == null) {
      return DocIdSetIterator.NO_MORE_DOCS;
    }
    Bits live = leaf.getLiveDocs();
    int doc = postings.nextDoc();
    while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
      doc = postings.nextDoc();
    }
    return doc;
  }

  private static int passageCount(LeafReader leaf, int doc) throws IOException {
    NumericDocValues passages = leaf.getNumericDocValues(Fields.PASSAGES);
    if (passages == null || !passages.advanceExact(doc)) {
      throw new CorruptIndexException("a record without its number of passages", leaf.toString());
    }
    return Math.toIntExact(passages.longValue());
  }
}

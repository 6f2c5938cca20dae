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
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a reader. Used by one thread. */
final class Blocks {
  private final List<LeafReaderContext> leaves;
  private final @Nullable Segment[] segments;

  Blocks(IndexReader reader) {
    leaves = reader.leaves();
    segments = new Segment[leaves.size()];
  }

  /** What is opened once of a segment, however many of its blocks are looked for. */
  private static final class Segment {
    private final LeafReader leaf;
    private final StoredFields stored;
    private final @Nullable TermsEnum records;
    private @Nullable PostingsEnum postings;

    Segment(LeafReader leaf) throws IOException {
      this.leaf = leaf;
      this.stored = leaf.storedFields();
      Terms terms = leaf.terms(Fields.RECORD);
      this.records = terms == null ? null : terms.iterator();
    }

    Optional<Block> find(BytesRef document) throws IOException {
      if (records == null || !records.seekExact(document)) {
        return Optional.empty();
      }
      postings = records.postings(postings, PostingsEnum.NONE);
      int doc = firstLive(leaf, postings);
      return doc == DocIdSetIterator.NO_MORE_DOCS
          ? Optional.empty()
          : Optional.of(new Block(leaf, stored, doc, passageCount(leaf, doc)));
    }
  }

  /** A live block: its record, and right behind it so many passages. */
  record Block(LeafReader leaf, StoredFields stored, int documentRecord, int passages) {
    DocumentMeta meta() throws IOException {
      return BlockReader.meta(stored.document(documentRecord));
    }

    /** Passages in order, from an ordinal on; fewer than asked for at the block's end. */
    List<Passage> passages(int from, int limit) throws IOException {
      List<Passage> found = new ArrayList<>();
      for (int i = from; i < passages && found.size() < limit; i++) {
        found.add(BlockReader.passage(stored.document(documentRecord + 1 + i)));
      }
      return found;
    }

    /** All passages with their raw vectors. */
    List<EmbeddedPassage> embedded() throws IOException {
      List<EmbeddedPassage> found = new ArrayList<>(passages);
      for (int i = 0; i < passages; i++) {
        int doc = documentRecord + 1 + i;
        found.add(BlockReader.embedded(leaf, doc, stored.document(doc)));
      }
      return found;
    }
  }

  Optional<Block> find(DocumentId document) throws IOException {
    BytesRef name = new BytesRef(document.value());
    for (int i = 0; i < segments.length; i++) {
      Segment segment = segments[i];
      if (segment == null) {
        segment = new Segment(leaves.get(i).reader());
        segments[i] = segment;
      }
      Optional<Block> block = segment.find(name);
      if (block.isPresent()) {
        return block;
      }
    }
    return Optional.empty();
  }

  /** The first live document of a segment that has the term, or NO_MORE_DOCS. */
  static int firstLive(LeafReader leaf, Term term) throws IOException {
    @Nullable PostingsEnum postings = leaf.postings(term, PostingsEnum.NONE);
    return postings == null ? DocIdSetIterator.NO_MORE_DOCS : firstLive(leaf, postings);
  }

  private static int firstLive(LeafReader leaf, PostingsEnum postings) throws IOException {
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

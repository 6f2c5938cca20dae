package dev.zhiku.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The live document records of one segment, in order. Used by one thread. */
final class Records {
  private final @Nullable Bits live;
  private final @Nullable NumericDocValues passages;

  Records(LeafReaderContext context) throws IOException {
    LeafReader leaf = context.reader();
    live = leaf.getLiveDocs();
    passages = leaf.getNumericDocValues(Fields.PASSAGES);
  }

  /** The next live record, or {@link DocIdSetIterator#NO_MORE_DOCS}. */
  int next() throws IOException {
    if (passages == null) {
      return DocIdSetIterator.NO_MORE_DOCS;
    }
    int doc = passages.nextDoc();
    while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
      doc = passages.nextDoc();
    }
    return doc;
  }

  int count() throws IOException {
    int count = 0;
    while (next() != DocIdSetIterator.NO_MORE_DOCS) {
      count++;
    }
    return count;
  }
}

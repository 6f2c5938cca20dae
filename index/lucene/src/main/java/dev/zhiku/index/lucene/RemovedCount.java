package dev.zhiku.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/** Number of entries that were removed and whose contents still lie in the files of a reader. */
final class RemovedCount {
  private RemovedCount() {}

  /** Removed entries that have a term. */
  static int of(Term term, DirectoryReader reader) throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      PostingsEnum all = leaf.reader().postings(term, PostingsEnum.NONE);
      if (live != null && all != null) {
        for (int doc = all.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = all.nextDoc()) {
          count += live.get(doc) ? 0 : 1;
        }
      }
    }
    return count;
  }
}

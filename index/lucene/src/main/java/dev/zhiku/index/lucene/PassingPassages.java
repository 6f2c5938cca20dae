package dev.zhiku.index.lucene;

import dev.zhiku.index.Filter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * The passages of one view that pass each of the filters used last. One question asks for the same
 * ones several times, and those of an asker's rules are the same in all his questions; a hundred
 * rules cost more to look up than to read. Thread-safe.
 */
final class PassingPassages {
  /** Most memory for what is remembered of one view; one filter is, however large. */
  static final long MAX_BYTES = 16L * 1_024 * 1_024;

  /** Most filters that are remembered of one view. */
  static final int MAX_FILTERS = 256;

  private final IndexSearcher searcher;
  private final int most;

  /** The one used last comes last. */
  private final Map<Filter, List<FixedBitSet>> known = new LinkedHashMap<>(16, 0.75f, true);

  PassingPassages(IndexSearcher searcher) {
    this.searcher = searcher;
    long bytes = Math.max(1, searcher.getIndexReader().maxDoc() / Byte.SIZE);
    this.most = Math.clamp(MAX_BYTES / bytes, 1, MAX_FILTERS);
  }

  /** By the number of a segment, its passages that pass and were not removed. */
  List<FixedBitSet> of(Filter filter) throws IOException {
    synchronized (known) {
      List<FixedBitSet> found = known.get(filter);
      if (found != null) {
        return found;
      }
    }
    List<FixedBitSet> made = make(filter);
    synchronized (known) {
      known.put(filter, made);
      if (known.size() > most) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return made;
  }

  /** The same as a query that scores nothing. */
  Query query(Filter filter) throws IOException {
    return new PassingQuery(filter, of(filter));
  }

  /** Passages only: a filter that lets everything through would match the records too. */
  private List<FixedBitSet> make(Filter filter) throws IOException {
    Query passages =
        new BooleanQuery.Builder()
            .add(FilterQueries.of(filter), Occur.FILTER)
            .add(new FieldExistsQuery(Fields.ORDINAL), Occur.FILTER)
            .build();
    Weight weight =
        searcher.createWeight(searcher.rewrite(passages), ScoreMode.COMPLETE_NO_SCORES, 1);
    List<FixedBitSet> bits = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      bits.add(passing(weight, leaf));
    }
    return bits;
  }

  private static FixedBitSet passing(Weight passing, LeafReaderContext leaf) throws IOException {
    FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
    Scorer scorer = passing.scorer(leaf);
    if (scorer != null) {
      Bits live = leaf.reader().getLiveDocs();
      DocIdSetIterator each = scorer.iterator();
      for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
        if (live == null || live.get(doc)) {
          bits.set(doc);
        }
      }
    }
    return bits;
  }
}

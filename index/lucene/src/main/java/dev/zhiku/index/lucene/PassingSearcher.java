package dev.zhiku.index.lucene;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;

/**
 * A search among some passages of one view, as if the others had been removed. With a filter as a
 * clause Lucene takes another way through the words, which costs twice as much.
 */
final class PassingSearcher extends IndexSearcher {
  private final List<FixedBitSet> passing;

  /**
   * @param passing by the number of a segment, its passages that are searched
   */
  PassingSearcher(DirectoryReader reader, List<FixedBitSet> passing) {
    super(reader);
    this.passing = passing;
  }

  @Override
  protected void searchLeaf(
      LeafReaderContext leaf, int from, int to, Weight weight, Collector collector)
      throws IOException {
    try {
      LeafCollector collecting = collector.getLeafCollector(leaf);
      ScorerSupplier supplier = weight.scorerSupplier(leaf);
      if (supplier != null) {
        supplier.setTopLevelScoringClause();
        score(supplier.bulkScorer(), collecting, leaf, from, to);
      }
      collecting.finish();
    } catch (CollectionTerminatedException e) {
      // Nothing of this segment is wanted.
    }
  }

  private void score(
      BulkScorer scorer, LeafCollector collecting, LeafReaderContext leaf, int from, int to)
      throws IOException {
    try {
      scorer.score(collecting, passing.get(leaf.ord), from, to);
    } catch (CollectionTerminatedException e) {
      // Nothing more of this segment is wanted.
    }
  }
}

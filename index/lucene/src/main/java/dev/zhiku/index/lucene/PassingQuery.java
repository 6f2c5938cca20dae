package dev.zhiku.index.lucene;

import dev.zhiku.index.Filter;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** A filter as a query over the one view whose passages were looked up for it. */
final class PassingQuery extends Query {
  private final Filter filter;
  private final List<FixedBitSet> passing;

  /**
   * @param passing by the number of a segment, its passages that pass
   */
  PassingQuery(Filter filter, List<FixedBitSet> passing) {
    this.filter = filter;
    this.passing = passing;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, 0) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
        FixedBitSet bits = passing.get(leaf.ord);
        int count = bits.cardinality();
        return count == 0
            ? null
            : ConstantScoreScorerSupplier.fromIterator(
                new BitSetIterator(bits, count), 0, mode, leaf.reader().maxDoc());
      }

      /** Another view has other passages, and these are remembered already. */
      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "passes " + filter;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PassingQuery one && passing == one.passing;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(passing);
  }
}

package dev.zhiku.index.lucene;

import dev.zhiku.index.Filter;
import dev.zhiku.index.WordRarity;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of passages that hold a word, counted in one pass over the segments of one view. Where
 * every passage of a segment counts, its term dictionary has the number; where a filter or removed
 * documents leave some out, the word's postings are counted, because the dictionary's number
 * includes what was removed until segments are merged. Used by one thread.
 */
final class WordCount {
  /** The fields with words; the last one has single ideographs only. */
  private static final List<String> PLACES =
      List.of(Fields.BODY, Fields.TITLE, Fields.NAME, Fields.CHARACTER);

  private final View view;

  WordCount(View view) {
    this.view = view;
  }

  WordRarity of(Set<String> words, Filter filter) throws IOException, InterruptedException {
    Map<String, long[]> counts = new HashMap<>();
    words.forEach(word -> counts.put(word, new long[PLACES.size()]));
    long passages =
        filter instanceof Filter.All
            ? addAll(counts)
            : addPassing(counts, view.passing().of(filter));
    Map<String, Long> holding = new HashMap<>();
    counts.forEach((word, places) -> holding.put(word, Arrays.stream(places).max().orElse(0)));
    return new WordRarity(passages, holding);
  }

  private long addAll(Map<String, long[]> counts) throws IOException, InterruptedException {
    for (LeafReaderContext leaf : view.reader().leaves()) {
      add(counts, leaf.reader(), leaf.reader().getLiveDocs());
    }
    return view.stats().passages();
  }

  private long addPassing(Map<String, long[]> counts, List<FixedBitSet> passing)
      throws IOException, InterruptedException {
    long passages = 0;
    for (LeafReaderContext leaf : view.reader().leaves()) {
      FixedBitSet counted = passing.get(leaf.ord);
      passages += counted.cardinality();
      add(counts, leaf.reader(), counted);
    }
    return passages;
  }

  private static void add(Map<String, long[]> counts, LeafReader leaf, @Nullable Bits counted)
      throws IOException, InterruptedException {
    CandidateSearch.stopIfInterrupted();
    for (Map.Entry<String, long[]> word : counts.entrySet()) {
      for (int place = 0; place < PLACES.size(); place++) {
        Term term = new Term(PLACES.get(place), word.getKey());
        word.getValue()[place] += holding(leaf, term, counted);
      }
    }
  }

  private static long holding(LeafReader leaf, Term term, @Nullable Bits counted)
      throws IOException {
    if (counted == null) {
      return leaf.docFreq(term);
    }
    PostingsEnum postings = leaf.postings(term, PostingsEnum.NONE);
    long holding = 0;
    if (postings != null) {
      for (int doc = postings.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = postings.nextDoc()) {
        holding += counted.get(doc) ? 1 : 0;
      }
    }
    return holding;
  }
}

package dev.zhiku.index.lucene;

import dev.zhiku.index.Filter;
import dev.zhiku.index.Occurrences;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.words.SoughtWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * Every passage of one view that holds certain words. The words are found in the index; where the
 * order of letters counts, which it does not keep, the texts that have the words are read. Used by
 * one thread.
 */
final class OccurrenceSearch {
  private static final Set<String> TEXT = Set.of(Fields.TEXT, Fields.HEADING);

  private final View view;
  private final SoughtWords sought;

  OccurrenceSearch(View view, SoughtWords sought) {
    this.view = view;
    this.sought = sought;
  }

  Occurrences run(Filter filter, int limit) throws IOException, InterruptedException {
    if (sought.isEmpty()) {
      return new Occurrences(List.of(), true);
    }
    Query query = view.searcher().rewrite(query(filter));
    Weight weight = view.searcher().createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
    List<PassageId> found = new ArrayList<>();
    for (LeafReaderContext leaf : view.reader().leaves()) {
      CandidateSearch.stopIfInterrupted();
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null && !collect(leaf, scorer.iterator(), found, limit)) {
        Collections.sort(found);
        return new Occurrences(found, false);
      }
    }
    Collections.sort(found);
    return new Occurrences(found, true);
  }

  private Query query(Filter filter) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(new FieldExistsQuery(Fields.ORDINAL), Occur.FILTER);
    if (!(filter instanceof Filter.All)) {
      query.add(view.passing().query(filter), Occur.FILTER);
    }
    sought.words().forEach(word -> query.add(anywhere(word), Occur.FILTER));
    sought.wordsOfPhrases().forEach(word -> query.add(anywhere(word), Occur.FILTER));
    sought
        .charactersOfPhrases()
        .forEach(c -> query.add(new TermQuery(new Term(Fields.CHARACTER, c)), Occur.FILTER));
    return query.build();
  }

  /** In the text or in the headings above it. */
  private static Query anywhere(String word) {
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term(Fields.BODY, word)), Occur.SHOULD)
        .add(new TermQuery(new Term(Fields.TITLE, word)), Occur.SHOULD)
        .build();
  }

  /** Whether there was room for all of the segment. */
  private boolean collect(
      LeafReaderContext leaf, DocIdSetIterator each, List<PassageId> found, int limit)
      throws IOException, InterruptedException {
    StoredFields stored = leaf.reader().storedFields();
    SortedDocValues documents = DocValues.getSorted(leaf.reader(), Fields.DOCUMENT);
    NumericDocValues ordinals = DocValues.getNumeric(leaf.reader(), Fields.ORDINAL);
    Bits live = leaf.reader().getLiveDocs();
    for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
      if (live != null && !live.get(doc)) {
        continue;
      }
      CandidateSearch.stopIfInterrupted();
      if (!holdsPhrases(stored, doc)) {
        continue;
      }
      if (found.size() == limit) {
        return false;
      }
      found.add(CandidateSearch.passage(documents, ordinals, doc, leaf));
    }
    return true;
  }

  private boolean holdsPhrases(StoredFields stored, int doc) throws IOException {
    if (sought.phrases().isEmpty()) {
      return true;
    }
    Document passage = stored.document(doc, TEXT);
    return sought.phrasesHeldBy(
        BlockReader.text(passage, Fields.TEXT),
        String.join("\n", passage.getValues(Fields.HEADING)));
  }
}

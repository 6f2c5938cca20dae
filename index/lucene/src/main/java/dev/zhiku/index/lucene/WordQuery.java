package dev.zhiku.index.lucene;

import dev.zhiku.index.words.Words;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** A question as a query of plain terms; nothing in it is ever read as query syntax. */
final class WordQuery {
  /** Most different words asked for; of a longer question the rarest are taken. */
  static final int MAX_TERMS = 128;

  private final IndexReader reader;
  private final FieldBoosts boosts;

  WordQuery(IndexReader reader, FieldBoosts boosts) {
    this.reader = reader;
    this.boosts = boosts;
  }

  /** Matches nothing if the question holds no word. */
  Query of(String question) throws IOException {
    Words words = Words.ofQuestion(question);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String term : rarest(words.terms())) {
      add(query, Fields.BODY, term, 1);
      add(query, Fields.TITLE, term, boosts.title());
      add(query, Fields.NAME, term, boosts.name());
    }
    for (String form : rarest(words.forms())) {
      add(query, Fields.FORM, form, boosts.form());
    }
    if (words.characters().size() == 1) {
      add(query, Fields.CHARACTER, words.characters().getFirst(), 1);
    }
    return query.build();
  }

  private Set<String> rarest(List<String> words) throws IOException {
    Set<String> distinct = new LinkedHashSet<>(words);
    if (distinct.size() <= MAX_TERMS) {
      return distinct;
    }
    Map<String, Integer> frequencies = new LinkedHashMap<>();
    for (String word : distinct) {
      int frequency = reader.docFreq(new Term(Fields.BODY, word));
      if (frequency > 0) {
        frequencies.put(word, frequency);
      }
    }
    return frequencies.entrySet().stream()
        .sorted(Comparator.comparingInt(Map.Entry::getValue))
        .limit(MAX_TERMS)
        .map(Map.Entry::getKey)
        .collect(LinkedHashSet::new, Set::add, Set::addAll);
  }

  private static void add(BooleanQuery.Builder query, String field, String word, double weight) {
    if (weight > 0) {
      Query term = new TermQuery(new Term(field, word));
      query.add(weight == 1 ? term : new BoostQuery(term, (float) weight), Occur.SHOULD);
    }
  }
}

package dev.zhiku.index.lucene;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/** The ranked lists of one request over one view. Used by one thread. */
final class CandidateSearch {
  private final View view;
  private final FieldBoosts boosts;
  private final int rescored;

  CandidateSearch(View view, FieldBoosts boosts, int rescored) {
    this.view = view;
    this.boosts = boosts;
    this.rescored = rescored;
  }

  Candidates run(SearchRequest request) throws IOException, InterruptedException {
    Filter filter = request.filter().simplest();
    List<Hit> words = words(request, filter);
    Map<EmbedderId, List<Hit>> vectors = new HashMap<>();
    for (Map.Entry<EmbedderId, Embedding> question : request.vectors().entrySet()) {
      stopIfInterrupted();
      vectors.put(
          question.getKey(),
          vectors(question.getKey(), question.getValue(), filter, request.limit()));
    }
    return new Candidates(words, vectors);
  }

  static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private List<Hit> words(SearchRequest request, Filter filter) throws IOException {
    Query query = new WordQuery(view.reader(), boosts).of(request.words());
    return hits(searcher(filter).search(query, best(request.limit())).scoreDocs);
  }

  /** Nobody asks how many match, so those that cannot be among the best are passed over at once. */
  private static TopScoreDocCollectorManager best(int limit) {
    return new TopScoreDocCollectorManager(limit, limit);
  }

  private IndexSearcher searcher(Filter filter) throws IOException {
    if (filter instanceof Filter.All) {
      return view.searcher();
    }
    IndexSearcher some = new PassingSearcher(view.reader(), view.passing().of(filter));
    some.setSimilarity(boosts.similarity());
    return some;
  }

  private List<Hit> vectors(EmbedderId embedder, Embedding question, Filter filter, int limit)
      throws IOException {
    if (!view.knows(embedder)) {
      return List.of();
    }
    String field = Fields.vector(embedder);
    int candidates = Math.max(rescored, limit);
    Query query = new KnnFloatVectorQuery(field, question.toArray(), candidates, query(filter));
    ScoreDoc[] found = view.searcher().search(query, candidates).scoreDocs;
    List<Hit> exact = hits(rescore(found, embedder, question));
    return exact.subList(0, Math.min(exact.size(), limit));
  }

  private @Nullable Query query(Filter filter) throws IOException {
    return filter instanceof Filter.All ? null : view.passing().query(filter);
  }

  /** The graph was walked with seven-bit vectors; the order is decided by the raw ones. */
  private ScoreDoc[] rescore(ScoreDoc[] found, EmbedderId embedder, Embedding question)
      throws IOException {
    float[] asked = question.toArray();
    ScoreDoc[] exact = byDocument(found);
    LeafReaderContext leaf = null;
    BlockReader.Vectors vectors = null;
    for (int i = 0; i < exact.length; i++) {
      int doc = exact[i].doc;
      if (leaf == null || vectors == null || isBeyond(leaf, doc)) {
        leaf = leaf(doc);
        vectors = BlockReader.vectors(leaf.reader(), embedder);
      }
      float[] vector = vectors.at(doc - leaf.docBase);
      exact[i] = new ScoreDoc(doc, VectorUtil.dotProduct(asked, vector));
    }
    Arrays.sort(exact, Comparator.comparingDouble((ScoreDoc hit) -> -hit.score));
    return exact;
  }

  private List<Hit> hits(ScoreDoc[] found) throws IOException {
    Map<Integer, PassageId> ids = new HashMap<>();
    LeafReaderContext leaf = null;
    SortedDocValues documents = null;
    NumericDocValues ordinals = null;
    for (ScoreDoc each : byDocument(found)) {
      if (leaf == null || isBeyond(leaf, each.doc)) {
        leaf = leaf(each.doc);
        documents = leaf.reader().getSortedDocValues(Fields.DOCUMENT);
        ordinals = leaf.reader().getNumericDocValues(Fields.ORDINAL);
      }
      ids.put(each.doc, passage(documents, ordinals, each.doc - leaf.docBase, leaf));
    }
    List<Hit> hits = new ArrayList<>(found.length);
    for (ScoreDoc each : found) {
      hits.add(new Hit(Objects.requireNonNull(ids.get(each.doc)), each.score));
    }
    return hits;
  }

  /** In the order of their numbers: the values of a segment are opened once, and read forwards. */
  private static ScoreDoc[] byDocument(ScoreDoc[] found) {
    ScoreDoc[] ordered = found.clone();
    Arrays.sort(ordered, Comparator.comparingInt((ScoreDoc hit) -> hit.doc));
    return ordered;
  }

  private static boolean isBeyond(LeafReaderContext leaf, int doc) {
    return doc >= leaf.docBase + leaf.reader().maxDoc();
  }

  /**
   * The id of a passage.
   *
   * @param local its number within the segment
   */
  static PassageId passage(
      @Nullable SortedDocValues documents,
      @Nullable NumericDocValues ordinals,
      int local,
      LeafReaderContext leaf)
      throws IOException {
    if (documents == null
        || ordinals == null
        || !documents.advanceExact(local)
        || !ordinals.advanceExact(local)) {
      throw new CorruptIndexException("a passage without its id", leaf.toString());
    }
    String document = documents.lookupOrd(documents.ordValue()).utf8ToString();
    return new PassageId(new DocumentId(document), Math.toIntExact(ordinals.longValue()));
  }

  private LeafReaderContext leaf(int doc) {
    List<LeafReaderContext> leaves = view.reader().leaves();
    return leaves.get(ReaderUtil.subIndex(doc, leaves));
  }
}

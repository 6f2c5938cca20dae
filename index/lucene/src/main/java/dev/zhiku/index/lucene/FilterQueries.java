package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Filters as queries over the passages' own filter fields. */
final class FilterQueries {
  private FilterQueries() {}

  static Query of(Filter filter) {
    return switch (filter) {
      case Filter.All all -> MatchAllDocsQuery.INSTANCE;
      case Filter.None none -> new MatchNoDocsQuery("no document is asked for");
      case Filter.Source source -> new TermQuery(new Term(Fields.SOURCE, source.name()));
      case Filter.PathPrefix path -> new PrefixQuery(new Term(Fields.PATH, path.prefix()));
      case Filter.Paths paths -> anyTerm(Fields.PATH, paths.paths());
      case Filter.Documents documents ->
          anyTerm(Fields.DOCUMENT, documents.ids().stream().map(DocumentId::value).toList());
      case Filter.MediaTypes types -> anyTerm(Fields.MEDIA_TYPE, types.types());
      case Filter.Labels labels -> anyTerm(Fields.LABEL, labels.labels());
      case Filter.Modified modified -> between(modified.after(), modified.before());
      case Filter.Not not -> not(not.filter());
      case Filter.AllOf all -> allOf(all.filters());
      case Filter.AnyOf any -> anyOf(any.filters());
    };
  }

  private static Query anyTerm(String field, Collection<String> values) {
    return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
  }

  private static Query between(Optional<Instant> after, Optional<Instant> before) {
    if (before.isPresent() && before.get().equals(Instant.MIN)) {
      return new MatchNoDocsQuery("nothing is before the beginning of time");
    }
    Instant last = before.map(end -> end.minusNanos(1)).orElse(Instant.MAX);
    return BinaryPoint.newRangeQuery(
        Fields.MODIFIED, Instants.sortable(after.orElse(Instant.MIN)), Instants.sortable(last));
  }

  private static Query allOf(List<Filter> filters) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    filters.forEach(filter -> all.add(of(filter), Occur.FILTER));
    return all.build();
  }

  private static Query not(Filter filter) {
    return new ConstantScoreQuery(
        new BooleanQuery.Builder()
            .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
            .add(of(filter), Occur.MUST_NOT)
            .build());
  }

  private static Query anyOf(List<Filter> filters) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    filters.forEach(filter -> any.add(of(filter), Occur.SHOULD));
    return new ConstantScoreQuery(any.build());
  }
}

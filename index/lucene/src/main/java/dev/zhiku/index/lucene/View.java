package dev.zhiku.index.lucene;

import dev.zhiku.index.KnowledgeIndex.Stats;
import dev.zhiku.index.embedding.EmbedderId;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One state of the index, shared by every snapshot of it and closed when the last lets go. Made
 * with one reference, which belongs to whoever publishes it.
 */
final class View {
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final PassingPassages passing;
  private final long epoch;
  private final long changes;
  private @Nullable volatile Stats stats;

  /**
   * @param changes how many changes this state includes, of those the store has counted
   */
  View(DirectoryReader reader, long epoch, long changes, FieldBoosts boosts) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setSimilarity(boosts.similarity());
    this.passing = new PassingPassages(searcher);
    this.epoch = epoch;
    this.changes = changes;
  }

  /** False if the view has been closed in the meantime. */
  boolean tryAcquire() {
    return reader.tryIncRef();
  }

  void release() throws IOException {
    reader.decRef();
  }

  DirectoryReader reader() {
    return reader;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  /** The passages that pass a filter. */
  PassingPassages passing() {
    return passing;
  }

  long epoch() {
    return epoch;
  }

  long changes() {
    return changes;
  }

  /** Counted once, at first use. */
  Stats stats() throws IOException {
    Stats known = stats;
    if (known == null) {
      known = count();
      stats = known;
    }
    return known;
  }

  private Stats count() throws IOException {
    int documents = 0;
    long bytes = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      documents += new Records(leaf).count();
      bytes += ((SegmentReader) leaf.reader()).getSegmentInfo().sizeInBytes();
    }
    return new Stats(documents, (long) reader.numDocs() - documents, bytes, embedders());
  }

  private Set<EmbedderId> embedders() throws IOException {
    Set<EmbedderId> embedders = new LinkedHashSet<>();
    Terms names = MultiTerms.getTerms(reader, Fields.EMBEDDER);
    if (names == null) {
      return embedders;
    }
    TermsEnum each = names.iterator();
    for (BytesRef name = each.next(); name != null; name = each.next()) {
      String id = name.utf8ToString();
      if (searcher.count(new TermQuery(new Term(Fields.EMBEDDER, id))) > 0) {
        embedders.add(EmbedderId.parse(id));
      }
    }
    return embedders;
  }

  /** Whether any passage ever had a vector of this embedder. */
  boolean knows(EmbedderId embedder) {
    for (LeafReaderContext leaf : reader.leaves()) {
      FieldInfo vectors = leaf.reader().getFieldInfos().fieldInfo(Fields.vector(embedder));
      if (vectors != null && vectors.hasVectorValues()) {
        return true;
      }
    }
    return false;
  }
}

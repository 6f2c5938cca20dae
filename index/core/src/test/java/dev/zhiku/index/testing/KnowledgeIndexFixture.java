package dev.zhiku.index.testing;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.vector;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.SearchRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An index under test, and ways to search it. Whoever leaves a snapshot open fails. */
abstract class KnowledgeIndexFixture {
  LeakCheckingIndex index;

  /**
   * A new, empty index; the contract closes it.
   *
   * @param folder empty, removed after the test
   */
  protected abstract KnowledgeIndex create(Path folder) throws Exception;

  @BeforeEach
  final void open(@TempDir Path folder) throws Exception {
    index = new LeakCheckingIndex(create(folder));
  }

  @AfterEach
  final void close() {
    index.close();
    index.requireNoOpenSnapshot();
  }

  static SearchRequest request(String question, int limit) {
    return new SearchRequest(question, Map.of(ONE, vector(ONE, question)), new Filter.All(), limit);
  }

  static List<PassageId> words(Snapshot seen, String question) throws InterruptedException {
    return filtered(seen, question, new Filter.All());
  }

  static List<PassageId> filtered(Snapshot seen, String question, Filter filter)
      throws InterruptedException {
    SearchRequest request = new SearchRequest(question, Map.of(), filter, 100);
    return seen.candidates(request).words().stream().map(Hit::passage).toList();
  }

  static List<PassageId> nearest(Snapshot seen, String question) throws InterruptedException {
    return vectorHits(seen, request(question, 10)).stream().map(Hit::passage).toList();
  }

  static List<Hit> vectorHits(Snapshot seen, SearchRequest request) throws InterruptedException {
    List<Hit> hits = seen.candidates(request).vectors().get(ONE);
    return Objects.requireNonNull(hits, "a list for each embedder of the request");
  }

  static Set<DocumentId> documentsOf(List<PassageId> passages) {
    Set<DocumentId> documents = new HashSet<>();
    passages.forEach(passage -> documents.add(passage.document()));
    return documents;
  }
}

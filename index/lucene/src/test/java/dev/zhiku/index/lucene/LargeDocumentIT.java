package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.document;
import static dev.zhiku.index.testing.TestDocuments.passages;
import static dev.zhiku.index.testing.TestDocuments.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.SearchRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of so many rows that its change takes the index seconds. */
final class LargeDocumentIT {
  @TempDir private Path folder;

  @Test
  void a_document_of_twenty_thousand_passages_is_one_change() throws Exception {
    DocumentMeta large = document("large.csv");
    String[] texts =
        IntStream.range(0, 20_000).mapToObj(i -> "row " + i + " value").toArray(String[]::new);
    try (KnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      index.replace(large, passages(large, texts));
      index.describe(large.id(), stored -> document(large.id(), "renamed.csv"));
      index.commit(1);
      try (Snapshot seen = index.snapshot()) {
        assertThat(seen.stats().passages()).isEqualTo(20_000);
        assertThat(seen.passages(large.id(), 19_998, 9))
            .extracting(p -> p.text())
            .containsExactly("row 19998 value", "row 19999 value");
        SearchRequest request =
            new SearchRequest(
                "17321", Map.of(ONE, vector(ONE, texts[17_321])), new Filter.All(), 5);
        assertThat(seen.candidates(request).words())
            .extracting(Hit::passage)
            .extracting(p -> p.ordinal())
            .containsExactly(17_321);
        assertThat(seen.candidates(request).vectors().get(ONE))
            .first()
            .extracting(h -> h.passage().ordinal())
            .isEqualTo(17_321);
      }
    }
  }
}

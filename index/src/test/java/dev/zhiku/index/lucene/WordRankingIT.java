package dev.zhiku.index.lucene;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.testing.TestDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How well words alone find the labelled document. Reads the collections from the folder that the
 * property {@code zhiku.retrieval} names, {@code ../shared/retrieval} beside the checkout
 * otherwise.
 */
@Tag("long")
final class WordRankingIT {
  private static final Path COLLECTIONS =
      Path.of(System.getProperty("zhiku.retrieval", "../../shared/retrieval"));
  private static final int RANKS = 10;

  @ParameterizedTest
  @CsvSource({"zh-cmrc2018,400,50,.97", "en-squad2,1200,150,.87", "en-office,1200,150,.84"})
  void the_labelled_document_comes_early(
      String collection, int size, int overlap, double least, @TempDir Path folder)
      throws Exception {
    Path data = COLLECTIONS.resolve(collection);
    assumeTrue(Files.isDirectory(data), "no labelled collection in " + data.toAbsolutePath());
    try (KnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT)) {
      Map<DocumentId, String> names = fill(index, data.resolve("docs.jsonl"), size, overlap);
      try (Snapshot seen = index.snapshot()) {
        double mrr = meanReciprocalRank(seen, names, data);
        System.out.printf("%s words only: MRR@10 %.4f%n", collection, mrr);
        assertThat(mrr).isGreaterThan(least);
      }
    }
  }

  private static Map<DocumentId, String> fill(
      KnowledgeIndex index, Path documents, int size, int overlap) throws Exception {
    Map<DocumentId, String> names = new HashMap<>();
    for (JsonObject each : lines(documents)) {
      String name = text(each, "id");
      String path = each.has("file") ? text(each, "file") : name + ".txt";
      DocumentMeta meta = TestDocuments.document(path.replaceFirst("^files/", ""));
      names.put(meta.id(), name);
      index.replace(meta, chunks(meta, each, size, overlap));
    }
    return names;
  }

  private static List<EmbeddedPassage> chunks(
      DocumentMeta meta, JsonObject document, int size, int overlap) {
    String text = text(document, "text");
    Location place = Location.whole(List.of(text(document, "title")));
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (int start = 0; start == 0 || start + overlap < text.length(); start += size - overlap) {
      String chunk = text.substring(start, Math.min(text.length(), start + size));
      if (!chunk.isBlank()) {
        passages.add(TestDocuments.passage(meta, passages.size(), chunk, place, ONE));
      }
    }
    return passages;
  }

  private static double meanReciprocalRank(Snapshot seen, Map<DocumentId, String> names, Path data)
      throws Exception {
    Map<String, String> labels = labels(data.resolve("qrels.tsv"));
    List<JsonObject> questions = lines(data.resolve("queries.jsonl"));
    double sum = 0;
    for (JsonObject question : questions) {
      SearchRequest request =
          new SearchRequest(text(question, "text"), Map.of(), new Filter.All(), 50);
      List<String> ranked =
          seen.candidates(request).words().stream()
              .map(Hit::passage)
              .map(passage -> names.getOrDefault(passage.document(), ""))
              .distinct()
              .limit(RANKS)
              .toList();
      int rank = ranked.indexOf(labels.get(text(question, "id")));
      sum += rank < 0 ? 0 : 1.0 / (rank + 1);
    }
    return sum / questions.size();
  }

  private static Map<String, String> labels(Path file) throws IOException {
    Map<String, String> labels = new HashMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines.skip(1).map(line -> line.split("\t", -1)).forEach(c -> labels.put(c[0], c[1]));
    }
    return labels;
  }

  private static List<JsonObject> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }
  }

  private static String text(JsonObject of, String name) {
    return of.get(name).getAsString();
  }
}

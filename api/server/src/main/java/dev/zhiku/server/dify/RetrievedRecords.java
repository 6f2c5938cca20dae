package dev.zhiku.server.dify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.server.documents.OriginalUrl;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** The passages that Dify gets, best first. */
@Serdeable
@Schema(name = "DifyRecords")
@JsonInclude(JsonInclude.Include.ALWAYS)
record RetrievedRecords(List<Found> records) {
  private static final double DIGITS = 10_000;

  RetrievedRecords {
    records = List.copyOf(records);
  }

  /**
   * Those of a retrieval whose score is high enough.
   *
   * @param threshold 0 to 1
   */
  static RetrievedRecords of(List<ScoredPassage> found, double threshold, String base) {
    double best = found.stream().mapToDouble(ScoredPassage::score).max().orElse(1);
    return new RetrievedRecords(
        found.stream()
            .map(one -> Found.of(one, relative(one.score(), best), base))
            .filter(one -> one.score() >= threshold)
            .toList());
  }

  private static double relative(double score, double best) {
    double part = best > 0 ? Math.max(0, score / best) : 0;
    return Math.round(part * DIGITS) / DIGITS;
  }

  /**
   * A passage.
   *
   * @param score 0 to 1, of the score of the best passage found
   * @param title name of the document
   */
  @Serdeable
  @Schema(name = "DifyRecord")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Found(String content, double score, String title, Metadata metadata) {
    static Found of(ScoredPassage found, double score, String base) {
      DocumentMeta document = found.document();
      Location location = found.passage().location();
      return new Found(
          found.passage().text(),
          score,
          document.name(),
          new Metadata(
              document.id().value(),
              document.name(),
              document.source(),
              document.path(),
              document.mediaType(),
              document.modifiedAt(),
              CitationLocation.text(document.name(), location),
              base + OriginalUrl.of(document, location)));
    }
  }

  /**
   * Where a passage stands; conditions compare what is named as here.
   *
   * @param url of the original, at its page where it is a PDF
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "DifyMetadata")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Metadata(
      String documentId,
      String name,
      String source,
      String path,
      String mediaType,
      Instant modifiedAt,
      String location,
      String url) {}
}

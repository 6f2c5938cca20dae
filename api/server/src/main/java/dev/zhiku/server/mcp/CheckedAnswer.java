package dev.zhiku.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.answer.Answer;
import dev.zhiku.server.query.QueryResponse;
import dev.zhiku.server.query.WireMapping;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * The result of {@code ask}: an answer whose citations were checked, or that there is none.
 *
 * @param status as {@code POST /query} tells it
 * @param answer what to show; {@code [1]} refers to the citations of that number
 * @param aiGenerated whether a language model made the words
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record CheckedAnswer(
    String status,
    String answer,
    boolean aiGenerated,
    List<Cited> citations,
    List<QueryResponse.Warning> warnings) {
  CheckedAnswer {
    citations = List.copyOf(citations);
    warnings = List.copyOf(warnings);
  }

  static CheckedAnswer of(Answer answer, String base) {
    return new CheckedAnswer(
        answer.status().wireName(),
        answer.text().orElse(""),
        answer.generator().aiGenerated(),
        WireMapping.citations(answer.citations()).stream()
            .map(citation -> Cited.of(citation, base))
            .toList(),
        WireMapping.warnings(answer.warnings(), answer.question().locale()));
  }

  /**
   * A place where a statement can be checked.
   *
   * @param quote the words of the original that carry it
   * @param quoteMasked whether something in them is covered from the asker
   * @param verified whether they do
   * @param url of the original, at its page where it is a PDF
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Cited(
      int number,
      String documentId,
      int ordinal,
      String source,
      String path,
      String location,
      String quote,
      boolean quoteMasked,
      boolean verified,
      String url) {
    static Cited of(QueryResponse.Citation citation, String base) {
      return new Cited(
          citation.number(),
          citation.documentId(),
          citation.ordinal(),
          citation.source(),
          citation.path(),
          citation.location(),
          citation.quote(),
          citation.quoteMasked(),
          citation.verified(),
          base + citation.url());
    }
  }
}

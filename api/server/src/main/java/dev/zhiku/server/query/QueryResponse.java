package dev.zhiku.server.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.answer.Warning;
import dev.zhiku.answering.grounding.Citation;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to {@code POST /query}, field by field as it goes over the wire; absent values are
 * written as null.
 *
 * @param status {@code no_evidence} or {@code passages}, or that it was answered
 * @param standaloneQuestion the question made independent of its conversation
 * @param answer empty where only passages were asked for
 * @param unsupportedAnswer what the model wrote, where the documents carry too little of it and are
 *     quoted instead; not to be shown as an answer
 * @param finishReason {@code stop} or {@code length}; absent where nothing was generated
 * @param nearest of a refusal alone: the passages that come nearest, best first, at most three,
 *     each document once; they do not answer
 * @param timingsMs milliseconds by stage
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QueryResponse(
    String id,
    String status,
    String question,
    String standaloneQuestion,
    Optional<String> answer,
    Optional<String> unsupportedAnswer,
    Optional<String> reasoning,
    Optional<String> finishReason,
    Generator generator,
    List<Citation> citations,
    List<Passage> passages,
    Optional<List<Passage>> nearest,
    Budget budget,
    List<Warning> warnings,
    Timings timingsMs) {
  public QueryResponse {
    citations = List.copyOf(citations);
    passages = List.copyOf(passages);
    nearest = nearest.map(List::copyOf);
    warnings = List.copyOf(warnings);
  }

  /**
   * Who wrote the answer.
   *
   * @param backend name of the kind of backend
   * @param model its model, if it has one
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Generator(String backend, Optional<String> model, boolean aiGenerated) {}

  /**
   * Where a statement of the answer can be checked. An answer that quotes two places of one passage
   * has two citations of the same number.
   *
   * @param number of the passage, as {@code [number]} in the answer
   * @param entry file inside an archive or a mail
   * @param ordinal place of the passage in its document, from 0, by which {@code GET
   *     /documents/{id}/view} shows it
   * @param page from 1, where the format has pages
   * @param pageLabel the page's number as printed, where it is another one
   * @param heading the headings above the quote, outermost first
   * @param location place in the document, the same in every language
   * @param block what the quote is from: {@code paragraph}, {@code heading}, {@code list_item},
   *     {@code row}, {@code question}, {@code answer}, {@code code}, {@code caption}, {@code note}
   * @param quote the words of the original that carry the statement
   * @param quoteMasked whether something in the quote is covered from the asker, who finds it
   *     otherwise in no original either
   * @param verified whether the passage carries the statement: of a quote, word for word, white
   *     space aside
   * @param recognised how sure text recognition is of the quote, in percent, where it was read from
   *     a picture
   * @param citedBy {@code model}, or {@code service} where this service quoted the passage or found
   *     that it says what the model wrote without citing it
   * @param url of the original, at its page where it is a PDF
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Citation")
  public record Citation(
      int number,
      String documentId,
      String name,
      String source,
      String path,
      Optional<String> entry,
      int ordinal,
      String mediaType,
      String sha256,
      Instant modifiedAt,
      Optional<Integer> page,
      Optional<String> pageLabel,
      List<String> heading,
      String location,
      Optional<String> block,
      String quote,
      boolean quoteMasked,
      boolean verified,
      Optional<Integer> recognised,
      String citedBy,
      String url) {
    public Citation {
      heading = List.copyOf(heading);
    }
  }

  /**
   * A passage that was retrieved.
   *
   * @param number by which the answer cites it, from 1
   * @param entry file inside an archive or a mail
   * @param ordinal place of the passage in its document, from 0, by which {@code GET
   *     /documents/{id}/view} shows it
   * @param page from 1, where the format has pages
   * @param location place in the document, the same in every language
   * @param score higher is better; compares only within one response
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Passage(
      int number,
      String documentId,
      String name,
      String source,
      String path,
      Optional<String> entry,
      int ordinal,
      String mediaType,
      Optional<Integer> page,
      List<String> heading,
      String location,
      String text,
      double score) {
    public Passage {
      heading = List.copyOf(heading);
    }
  }

  /**
   * Tokens and passages, planned and used.
   *
   * @param repeated numbers of passages that the model did not get because a better one says the
   *     same
   * @param withoutRoom numbers of passages that did not fit
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Budget(
      int contextTokens,
      int promptTokens,
      int completionTokens,
      int passagesOffered,
      int passagesFitted,
      List<Integer> repeated,
      List<Integer> withoutRoom) {
    public Budget {
      repeated = List.copyOf(repeated);
      withoutRoom = List.copyOf(withoutRoom);
    }
  }

  /**
   * Something a reader should know beside the answer.
   *
   * @param code stable and kebab-case
   * @param detail in the asker's language
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Warning(String code, String detail) {}

  /** Milliseconds by stage. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Timings(long rewrite, long embed, long search, long generate, long total) {}
}

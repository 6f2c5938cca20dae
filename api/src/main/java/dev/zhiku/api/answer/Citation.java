package dev.zhiku.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a statement of the answer can be checked. An answer that quotes two places of one passage
 * has two citations of the same number.
 *
 * @param number of the passage, as {@code [number]} in the answer
 * @param entry file inside an archive or a mail
 * @param page from 1, where the format has pages
 * @param location place in the document, the same in every language
 * @param quote the words of the original that carry the statement
 * @param verified whether the statement stands word for word in the passage, white space aside
 * @param url of the original, at its page where it is a PDF
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Citation(
    int number,
    String documentId,
    String name,
    String source,
    String path,
    Optional<String> entry,
    String mediaType,
    String sha256,
    Instant modifiedAt,
    Optional<Integer> page,
    List<String> heading,
    String location,
    String quote,
    boolean verified,
    String url) {
  public Citation {
    heading = List.copyOf(heading);
  }
}

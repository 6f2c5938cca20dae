package dev.zhiku.server.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.problem.ProblemText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * An error as Dify reads it.
 *
 * @param code 1001 where the header Authorization is missing or of another form, 1002 where the key
 *     is not valid or not enough, 2001 where there is no such knowledge base, otherwise the status
 * @param message what happened and what to do about it, in the language of Accept-Language
 */
@Serdeable
@Schema(name = "DifyError")
public record DifyError(
    @JsonProperty("error_code") int code, @JsonProperty("error_msg") String message) {
  /** Where Dify asks. */
  public static final String PATH = "/retrieval";

  private static final int NO_KEY = 1_001;
  private static final int WRONG_KEY = 1_002;
  private static final int NO_SUCH_KNOWLEDGE = 2_001;
  private static final int FORBIDDEN = 403;

  /** Whether whoever sent this request reads errors in this form. */
  static boolean isReadBy(HttpRequest<?> request) {
    return request.getPath().equals(PATH);
  }

  /** The status; Dify takes any but a few for a service that works, so a wrong key is a 403. */
  static int status(ProblemCode code) {
    return code == ProblemCode.NOT_AUTHENTICATED ? FORBIDDEN : code.status();
  }

  static DifyError of(Problem problem, HttpRequest<?> request, Locale locale) {
    ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
    return new DifyError(code(problem.code(), request), text.detail() + " " + text.remedy());
  }

  private static int code(ProblemCode code, HttpRequest<?> request) {
    return switch (code) {
      case NOT_AUTHENTICATED -> hasBearer(request) ? WRONG_KEY : NO_KEY;
      case NOT_ALLOWED -> WRONG_KEY;
      case SOURCE_NOT_FOUND -> NO_SUCH_KNOWLEDGE;
      default -> code.status();
    };
  }

  private static boolean hasBearer(HttpRequest<?> request) {
    return request
        .getHeaders()
        .findFirst(HttpHeaders.AUTHORIZATION)
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()))
        .isPresent();
  }
}

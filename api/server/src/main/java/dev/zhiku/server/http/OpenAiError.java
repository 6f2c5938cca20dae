package dev.zhiku.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.problem.ProblemText;
import io.micronaut.http.HttpRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error as clients of OpenAI's interface read it.
 *
 * @param error what is wrong
 */
@Serdeable
@Schema(name = "OpenAiError")
public record OpenAiError(Cause error) {
  /** Everything below it speaks OpenAI's protocol, refusals included. */
  public static final String PATH = "/v1";

  /** Where the page of NextChat finds the same, and both of its clients the balance. */
  private static final Pattern OF_PROTOCOL =
      Pattern.compile("(" + PATH + "|/nextchat|/dashboard)(/.*)?");

  /**
   * What is wrong.
   *
   * @param message what happened and what to do about it, in the language of Accept-Language (zh,
   *     zh-Hant or en)
   * @param type {@code invalid_request_error}, {@code authentication_error}, {@code
   *     permission_error}, {@code rate_limit_error} or {@code server_error}
   * @param param the field that is at fault, if it is one
   * @param code as in other errors of this service, with underscores; {@code invalid_api_key} where
   *     a key is missing or wrong
   */
  @Serdeable
  @Schema(name = "OpenAiErrorCause")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Cause(String message, String type, Optional<String> param, String code) {}

  /** Whether whoever sent this request reads errors in this form. */
  static boolean isReadBy(HttpRequest<?> request) {
    String path = request.getPath();
    return OF_PROTOCOL.matcher(path).matches();
  }

  static OpenAiError of(ProblemCode code, List<Object> values, ProblemText text) {
    Optional<String> param =
        code == ProblemCode.VALUE_OUT_OF_RANGE
            ? values.stream().findFirst().map(Object::toString)
            : code == ProblemCode.MODEL_NOT_FOUND ? Optional.of("model") : Optional.empty();
    return of(code.status(), code.wireName(), text.detail() + " " + text.remedy(), param);
  }

  /**
   * An error of this status.
   *
   * @param code kebab-case, as elsewhere in this service
   */
  public static OpenAiError of(int status, String code, String message, Optional<String> param) {
    String named = code.equals("not-authenticated") ? "invalid_api_key" : code.replace('-', '_');
    return new OpenAiError(new Cause(message, type(status), param, named));
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}

package dev.zhiku.server.http;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.problem.ProblemText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into {@code application/problem+json}: ours, the framework's, and the ones
 * nobody thought of, which are logged once under an id and tell the client nothing else. Below
 * {@code /v1} they take the form that OpenAI's clients read, below {@code /api} that of programs
 * for Ollama, at {@code /retrieval} that of Dify. Thread-safe.
 */
@Singleton
public final class ProblemResponses
    implements ErrorResponseProcessor<byte[]>, ExceptionHandler<Throwable, MutableHttpResponse<?>> {
  /** What problems are sent as. */
  public static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Where nobody knows better when to try again. */
  static final int DEFAULT_WAIT_SECONDS = 5;

  private final JsonMapper json;

  ProblemResponses(JsonMapper json) {
    this.json = json;
  }

  /** What no other handler of the framework takes. */
  @Override
  @SuppressWarnings("rawtypes")
  public MutableHttpResponse<?> handle(HttpRequest request, Throwable failure) {
    return of(problem(failure), request);
  }

  /** What a failure is to a client; one that nobody thought of is logged under an id. */
  public Problem problem(Throwable failure) {
    return ProblemOf.failure(failure).orElseGet(() -> internal(failure));
  }

  /** What the handlers of the framework say, in our words. */
  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Problem problem =
        context
            .getRootCause()
            .flatMap(ProblemOf::failure)
            .or(() -> ProblemOf.status(response.code()))
            .orElseGet(() -> internal(context.getRootCause().orElseGet(NoCause::new)));
    return fill(response, problem, context.getRequest());
  }

  /** The answer to a request that met this problem. */
  public MutableHttpResponse<byte[]> of(Problem problem, HttpRequest<?> request) {
    return fill(HttpResponse.ok(), problem, request);
  }

  private MutableHttpResponse<byte[]> fill(
      MutableHttpResponse<?> response, Problem problem, HttpRequest<?> request) {
    boolean dify = DifyError.isReadBy(request);
    boolean plain = dify || OpenAiError.isReadBy(request) || OllamaError.isReadBy(request);
    int status = dify ? DifyError.status(problem.code()) : problem.code().status();
    MutableHttpResponse<byte[]> filled =
        response
            .status(HttpStatus.valueOf(status))
            .contentType(plain ? MediaType.APPLICATION_JSON_TYPE : MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
            .body(request.getMethod() == HttpMethod.HEAD ? new byte[0] : body(problem, request));
    if (problem.code() == ProblemCode.RANGE_NOT_SATISFIABLE) {
      filled.header(HttpHeaders.CONTENT_RANGE, "bytes */" + problem.values().getFirst());
    }
    if (problem.code() == ProblemCode.NOT_AUTHENTICATED) {
      filled.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    waitSeconds(problem)
        .ifPresent(wait -> filled.header(HttpHeaders.RETRY_AFTER, Long.toString(wait)));
    return filled;
  }

  /** Body that tells of a problem in the form that the client reads. */
  private byte[] body(Problem problem, HttpRequest<?> request) {
    Locale locale = AcceptedLanguage.of(request);
    if (DifyError.isReadBy(request)) {
      return write(DifyError.of(problem, request, locale));
    }
    if (OllamaError.isReadBy(request)) {
      return ollamaBody(problem, locale);
    }
    return OpenAiError.isReadBy(request) ? openAiBody(problem, locale) : body(problem, locale);
  }

  /** The document that tells of a problem, as JSON in UTF-8. */
  byte[] body(Problem problem, Locale locale) {
    ProblemCode code = problem.code();
    ProblemText text = ProblemText.of(code, problem.values(), locale);
    return write(
        new ProblemDocument(
            "urn:zhiku:problem:" + code.wireName(),
            text.title(),
            code.status(),
            code.wireName(),
            text.detail(),
            text.remedy()));
  }

  private byte[] openAiBody(Problem problem, Locale locale) {
    ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
    return write(
        OpenAiError.of(problem.code(), problem.values(), inOpenAis(problem, text, locale)));
  }

  private byte[] ollamaBody(Problem problem, Locale locale) {
    ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
    String remedy =
        problem.code() == ProblemCode.NOT_FOUND
            ? ServerText.of("ollama.routes").in(locale)
            : text.remedy();
    return write(new OllamaError(text.detail() + " " + remedy));
  }

  /** Clients show the message as it is: it says what there is below {@code /v1}. */
  private static ProblemText inOpenAis(Problem problem, ProblemText text, Locale locale) {
    return problem.code() == ProblemCode.NOT_FOUND
        ? new ProblemText(text.title(), text.detail(), ServerText.of("v1.routes").in(locale))
        : text;
  }

  private byte[] write(Object document) {
    try {
      // An angle bracket stands only inside JSON strings; escaped, no reader can take it for HTML.
      return json.writeValueAsString(document)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Long> waitSeconds(Problem problem) {
    return switch (problem.code()) {
      case BODIES_TOO_MANY, TOO_MANY_CONNECTIONS -> Optional.of((long) DEFAULT_WAIT_SECONDS);
      case TOO_MANY_REQUESTS, QUEUE_FULL, SHUTTING_DOWN, CATALOGUE_UNAVAILABLE, EMBEDDER_AWAY ->
          Optional.of(
              problem.values().stream()
                  .filter(Number.class::isInstance)
                  .map(value -> ((Number) value).longValue())
                  .findFirst()
                  .orElse((long) DEFAULT_WAIT_SECONDS));
      default -> Optional.empty();
    };
  }

  private static Problem internal(Throwable failure) {
    String id = HexFormat.of().toHexDigits(RANDOM.nextInt());
    LOG.error("Request failed, internal-error {}", id, failure);
    return ProblemOf.internal(id);
  }

  private static final class NoCause extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCause() {
      super("The server refused a request without saying why.");
    }
  }
}

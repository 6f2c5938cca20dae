package dev.zhiku.server.masking.web;

import dev.zhiku.answering.masking.Masking;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The cover over every response to somebody from whom something is covered, whichever route it is
 * from. Answers that come in pieces or late are covered where they are made, and pass. A body of
 * which is not known how to cover it is not sent.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class MaskingFilter {
  /** Events of an answer for programs for Ollama, which are covered where they arise. */
  private static final MediaType LINES = MediaType.of("application/x-ndjson");

  private final JsonMapper json;

  MaskingFilter(JsonMapper json) {
    this.json = json;
  }

  @ResponseFilter
  void cover(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Masking masking = RequestScope.known(request).map(Scope::masking).orElse(Masking.NONE);
    Object body = response.body();
    if (masking.isOn() && body != null) {
      Object covered = covered(body, response.getContentType().orElse(null), masking);
      if (covered != body) {
        response.body(covered);
      }
    }
  }

  private Object covered(Object body, @Nullable MediaType type, Masking masking) {
    return switch (body) {
      case CharSequence text -> masking.mask(text.toString());
      case byte[] bytes ->
          masking.mask(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
      case StreamedFile file when isText(file.getMediaType()) ->
          new StreamedFile(new MaskedFile(file.getInputStream(), masking), file.getMediaType());
      case Publisher<?> events when MediaType.TEXT_EVENT_STREAM_TYPE.equals(type) -> events;
      case InputStream late when MediaType.APPLICATION_JSON_TYPE.equals(type) -> late;
      case InputStream events when LINES.equals(type) -> events;
      case StreamedFile file -> throw refused();
      case Publisher<?> unknown -> throw refused();
      case InputStream unknown -> throw refused();
      default -> json(body, masking);
    };
  }

  private static boolean isText(MediaType type) {
    return type.getType().equals("text");
  }

  private static Problem refused() {
    return new Problem(ProblemCode.NOT_ALLOWED, ServerText.of("no-originals"));
  }

  private Object json(Object body, Masking masking) {
    try {
      return new MaskedJson(masking).of(json.writeValueToTree(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

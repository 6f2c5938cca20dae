package dev.zhiku.server.embed;

import static dev.zhiku.answering.problem.ProblemCode.NOT_FOUND;

import dev.zhiku.answering.problem.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The script that pages of the intranet name, and what stands in the frame that it opens. */
@Controller
@Hidden
@Produces(MediaType.ALL)
final class EmbedController {
  private static final String ASK_AGAIN = "no-cache";

  private final EmbedConfig config;

  EmbedController(EmbedConfig config) {
    this.config = config;
  }

  /** The script; pages of any origin may load it, and it does nothing but open the frame. */
  @Get("/embed.js")
  HttpResponse<?> script() {
    return file("embed.js", "text/javascript; charset=utf-8")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** What stands in the frame, which pages of the configured origins alone may show. */
  @Get("/embed")
  HttpResponse<?> frame() {
    return file("embed.html", "text/html; charset=utf-8")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
                + " frame-ancestors "
                + String.join(" ", config.origins()));
  }

  private MutableHttpResponse<byte[]> file(String name, String type) {
    if (!config.isOn()) {
      throw new Problem(NOT_FOUND);
    }
    try (InputStream in =
        Objects.requireNonNull(EmbedController.class.getResourceAsStream("/public/" + name))) {
      return HttpResponse.ok(in.readAllBytes())
          .contentType(MediaType.of(type))
          .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

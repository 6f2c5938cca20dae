package dev.zhiku.server.status;

import dev.zhiku.server.http.Problems;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this interface, written by the compiler from the controllers. */
@Controller("/openapi.yml")
@Problems
@Tag(name = "service")
final class OpenApiController {
  private static final String DESCRIPTION = "/META-INF/swagger/zhiku.yml";
  private final byte[] description;

  OpenApiController() {
    try (InputStream in = OpenApiController.class.getResourceAsStream(DESCRIPTION)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + DESCRIPTION);
      }
      description = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the OpenAPI description of the service. */
  @Get
  @Produces(MediaType.ALL)
  @Operation(operationId = "getOpenApi", summary = "This description")
  @ApiResponse(
      responseCode = "200",
      description = "the description in OpenAPI 3",
      content = @Content(mediaType = "application/yaml", schema = @Schema(type = "string")))
  HttpResponse<byte[]> description() {
    return HttpResponse.ok(description).contentType(MediaType.of("application/yaml"));
  }
}

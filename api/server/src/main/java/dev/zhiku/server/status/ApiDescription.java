package dev.zhiku.server.status;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/** Head of {@code /openapi.yml}; the rest is written from the controllers. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Zhiku",
            version = "0.1.0",
            description = "Questions about your own files, answered with citations.",
            license = @License(name = "Apache-2.0")))
final class ApiDescription {
  private ApiDescription() {}
}

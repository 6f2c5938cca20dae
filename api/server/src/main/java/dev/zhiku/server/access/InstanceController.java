package dev.zhiku.server.access;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;

/** For commands of this machine: is this the service of their data folder? */
@Controller("/health/instance")
@Problems
@Tag(name = "service")
final class InstanceController {
  private static final int MAX_NONCE_CHARS = 64;

  private final Instance instance;

  InstanceController(Instance instance) {
    this.instance = instance;
  }

  /**
   * Answers a challenge with a secret that lies in the data folder, without telling it: HMAC-SHA256
   * over the challenge and the address the service listens at.
   */
  @Get
  @Operation(
      operationId = "proveInstance",
      summary = "Which service this is, for who has its data folder",
      parameters =
          @Parameter(
              name = "nonce",
              in = ParameterIn.QUERY,
              required = true,
              description = "32 to 64 random hexadecimal digits, new each time",
              schema = @Schema(type = "string", pattern = "[0-9a-f]{32,64}")))
  Proof prove(HttpRequest<?> request) {
    String nonce =
        Parameters.of(request, Set.of("nonce"))
            .text("nonce", MAX_NONCE_CHARS)
            .filter(InstanceSecret::isNonce)
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemCode.VALUE_OUT_OF_RANGE, "nonce", ServerText.of("rule.nonce")));
    return new Proof(instance.proof(nonce));
  }

  /**
   * Which service this is.
   *
   * @param proof 64 hexadecimal digits
   */
  @Serdeable
  record Proof(String proof) {}
}

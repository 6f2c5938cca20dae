package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.generators.testing.Proxies;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official client for Python, where it is installed, against a service that asks for a key. */
@Timeout(900)
class OpenAiPythonIT {
  @TempDir private Path folder;

  @Test
  void models_answers_streams_and_errors_arrive_as_the_client_knows_them() throws Exception {
    assumeTrue(
        run("python3", "-c", "import openai").exitCode() == 0,
        "the Python package openai is not installed, so the official client was not tried");
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    Path script = folder.resolve("official_client.py");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("official_client.py"))) {
      Files.copy(in, script);
    }
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      Ended ended = run("python3", script.toString(), server.url(), keys.text(Role.READER));

      assertThat(ended.exitCode()).as(ended.errors()).isZero();
      JsonNode seen = new ObjectMapper().readTree(ended.output());
      assertThat(seen.at("/models").toString())
          .isEqualTo("[\"zhiku\",\"zhiku/knowledge\",\"zhiku-chat\"]");
      assertThat(seen.at("/model").asText()).isEqualTo("zhiku/knowledge");
      for (String way : List.of("whole", "streamed")) {
        JsonNode answer = seen.path(way);
        assertThat(answer.at("/text").asText()).contains("15 天带薪年假。 [1]", "**来源**");
        assertThat(answer.at("/cited/0").asText()).isEqualTo("hr/员工手册.pdf");
        assertThat(answer.at("/tokens").asInt()).isPositive();
      }
      assertThat(seen.at("/whole/finish").asText()).isEqualTo("stop");
      assertThat(seen.at("/unknown_model").toString())
          .isEqualTo("[\"NotFoundError\",\"model_not_found\",\"model\"]");
      assertThat(seen.at("/two_answers").toString())
          .isEqualTo("[\"BadRequestError\",\"value_out_of_range\",\"n\"]");
      assertThat(seen.at("/no_model").toString())
          .isEqualTo("[\"BadRequestError\",\"no_model\",null]");
      assertThat(seen.at("/wrong_key").toString())
          .isEqualTo("[\"AuthenticationError\",\"invalid_api_key\",null]");
    }
  }

  private record Ended(int exitCode, String output, String errors) {}

  private Ended run(String... command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      Proxies.unset(builder);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output, Files.readString(errors));
    } catch (IOException e) {
      return new Ended(-1, "", String.valueOf(e.getMessage()));
    }
  }
}

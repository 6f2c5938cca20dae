package dev.zhiku.server.mcp;

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
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official client for Python, where it is installed, against a service that asks for a key. The
 * client itself holds what the tools give to their schemas. {@code ZHIKU_TEST_PYTHON} names another
 * interpreter than {@code python3}.
 */
@Timeout(900)
class McpPythonIT {
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("ZHIKU_TEST_PYTHON")).orElse("python3");

  @TempDir private Path folder;

  @Test
  void every_tool_and_resource_is_met_by_the_official_client() throws Exception {
    assumeTrue(
        run(PYTHON, "-c", "from mcp import Client").exitCode() == 0,
        "the Python package mcp (2 or newer) is not installed, so the official client was not"
            + " tried");
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    Path script = folder.resolve("official_client.py");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("official_client.py"))) {
      Files.copy(in, script);
    }
    try (McpServer server =
        McpServer.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      Ended ended =
          run(
              PYTHON,
              script.toString(),
              server.http.uri("/mcp").toString(),
              keys.text(Role.READER));

      assertThat(ended.exitCode()).as(ended.errors()).isZero();
      JsonNode seen = new ObjectMapper().readTree(ended.output());
      assertThat(seen.path("tools").toString())
          .isEqualTo("[\"ask\",\"list\",\"read\",\"search\",\"status\"]");
      assertThat(seen.path("found").asText()).isEqualTo("hr/员工手册.pdf");
      assertThat(seen.path("answer").asText()).contains("15 天带薪年假。 [1]");
      assertThat(seen.path("cited").asText()).isEqualTo("hr/员工手册.pdf");
      assertThat(seen.path("progress")).isNotEmpty();
      assertThat(seen.path("read").toString()).isEqualTo("[0,1]");
      assertThat(seen.path("next").asInt()).isEqualTo(2);
      assertThat(seen.path("indexed").asInt()).isEqualTo(1);
      assertThat(seen.at("/refused/0").asBoolean()).isTrue();
      assertThat(seen.path("resource").asText()).isEqualTo("passage 0");
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

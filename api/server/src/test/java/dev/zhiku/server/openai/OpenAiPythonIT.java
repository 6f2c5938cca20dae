package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official client for Python, where it is installed, against a service that asks for a key. */
@Timeout(900)
class OpenAiPythonIT {
  @TempDir private Path folder;

  @Test
  void models_answers_streams_and_errors_arrive_as_the_client_knows_them() throws Exception {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    try (V1Server server =
        V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys))) {
      JsonNode seen =
          PythonScript.run(
              folder,
              "openai",
              getClass(),
              "official_client.py",
              server.url(),
              keys.text(Role.READER));

      assertThat(seen.at("/models").toString())
          .isEqualTo("[\"zhiku\",\"zhiku/knowledge\",\"zhiku-chat\"]");
      assertThat(seen.at("/model").asText()).isEqualTo("zhiku/knowledge");
      for (String way : List.of("whole", "streamed")) {
        JsonNode answer = seen.path(way);
        assertThat(answer.at("/text").asText()).contains("15 天带薪年假。 [1]", "**来源**");
        assertThat(answer.at("/cited/0").asText()).isEqualTo("hr/员工手册.pdf");
        assertThat(answer.at("/tokens").asInt()).isPositive();
      }
      assertThat(seen.at("/completed/0").asText()).contains("15 天带薪年假。 [1]", "**来源**");
      assertThat(seen.at("/completed/1").asText()).isEqualTo(seen.at("/completed/0").asText());
      assertThat(seen.at("/completed/2").toString())
          .isEqualTo("[\"BadRequestError\",\"value_out_of_range\",\"best_of\"]");
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
}

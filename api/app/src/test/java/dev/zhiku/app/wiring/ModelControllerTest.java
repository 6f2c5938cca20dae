package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.library.FakeHub;
import dev.zhiku.generators.library.FakeServerLibrary;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.generators.library.TestModels;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class ModelControllerTest {
  private static final byte[] MODEL = FakeHub.gguf(20261121, 200_000);

  @TempDir private Path home;
  private final FakeServerLibrary ollama = new FakeServerLibrary();
  private final List<GeneratorConfig> opened = new CopyOnWriteArrayList<>();

  private ModelLibrary models(Map<String, String> environment) throws IOException {
    Files.createDirectories(home.resolve("data"));
    LoadedConfig loaded = new ConfigLoader(home, environment).read(Optional.empty(), Map.of());
    return TestModels.in(
        loaded.config().data(),
        ollama,
        new GeneratorSwitch(
            loaded,
            config -> {
              opened.add(config.generator());
              return new ScriptedChatBackend(List.of());
            },
            backend -> {}));
  }

  private TestServer server() throws IOException {
    return server(Map.of());
  }

  private TestServer server(Map<String, String> environment) throws IOException {
    return TestServer.start(home, new TestServer.Settings().models(models(environment)));
  }

  private static Map<String, Object> awaitEnd(TestServer server) throws InterruptedException {
    while (true) {
      Map<String, Object> pull = server.json(server.get("/models/pull"));
      if (!"running".equals(pull.get("state"))) {
        return pull;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Object code(TestServer server, HttpResponse<String> response) {
    return Optional.ofNullable(server.json(response).get("code")).orElse("none");
  }

  @Test
  void what_may_be_a_secret_in_an_address_is_not_told_again() throws Exception {
    try (TestServer server = server()) {
      String order =
          "{\"name\":\"https://10.0.0.1/x.gguf?token=s3cret\",\"sha256\":\"%s\"}"
              .formatted("0".repeat(64));

      HttpResponse<String> begun = server.postJson("/models/pull", order);

      assertThat(begun.statusCode()).isEqualTo(202);
      assertThat(begun.body()).contains("https://10.0.0.1/x.gguf").doesNotContain("s3cret");
      assertThat(awaitEnd(server).toString())
          .contains("model-source-unavailable", "download-hosts")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void a_model_of_ollamas_cloud_is_fetched_only_where_it_is_allowed_by_name() throws Exception {
    try (TestServer server = server()) {
      HttpResponse<String> refused =
          server.postJson("/models/pull", "{\"name\":\"gpt-oss:120b-cloud\"}");

      assertThat(code(server, refused)).isEqualTo("model-not-usable");
      assertThat(refused.body()).contains("zhiku.generator.ollama.cloud-models");
    }
  }

  @Test
  void models_of_the_server_and_of_the_folder_are_listed_with_what_can_be_fetched()
      throws Exception {
    ollama.names.add("deepseek-r1:7b");
    Path folder = Files.createDirectories(home.resolve("data/models"));
    Files.write(folder.resolve("own-Q8_0.gguf"), MODEL);
    Files.write(folder.resolve("half.gguf.part"), MODEL);
    try (TestServer server = server()) {
      HttpResponse<String> response = server.get("/models");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(server.json(response))
          .containsEntry("backend", "extractive")
          .containsEntry("previous", false)
          .containsEntry("pull", null);
      assertThat(response.body())
          .contains("\"name\":\"own-Q8_0.gguf\"", "\"quantization\":\"Q8_0\"")
          .contains("\"name\":\"deepseek-r1:7b\"", "\"context_tokens\":131072", "\"thinking\"")
          .contains("deepseek-r1-distill-qwen-1.5b", "deepseek-r1-distill-qwen-32b")
          .doesNotContain("half");
    }
  }

  @Test
  void while_the_server_is_away_the_list_says_so_in_the_language_of_the_client() throws Exception {
    ollama.trouble = new ChatException.Unreachable("http://gpu:11434", null);
    try (TestServer server = server()) {
      assertThat(server.get("/models", "Accept-Language", "zh").body())
          .contains("无法连接模型服务 http://gpu:11434");
      assertThat(code(server, server.postJson("/models/use", "{\"name\":\"deepseek-r1:7b\"}")))
          .isEqualTo("model-source-unavailable");
    }
  }

  @Test
  void a_file_is_pulled_used_gone_back_from_and_removed() throws Exception {
    ollama.names.add("deepseek-r1:7b");
    try (FakeHub hub = FakeHub.serving(MODEL);
        TestServer server = server()) {
      HttpResponse<String> begun =
          server.postJson("/models/pull", "{\"name\":\"" + hub.file() + "\"}");
      assertThat(begun.statusCode()).isEqualTo(202);
      assertThat(awaitEnd(server))
          .containsEntry("state", "done")
          .containsEntry("completed", MODEL.length);

      assertThat(server.json(server.postJson("/models/use", "{\"name\":\"deepseek-r1:7b\"}")))
          .containsEntry("backend", "ollama")
          .containsEntry("model", "deepseek-r1:7b");
      assertThat(code(server, server.send("DELETE", "/models/deepseek-r1:7b")))
          .isEqualTo("model-in-use");
      assertThat(Files.readString(home.resolve("data/settings.yml")))
          .contains("backend: ollama")
          .contains("deepseek-r1:7b");

      assertThat(server.json(server.postJson("/models/use", "{\"previous\":true}")))
          .containsEntry("backend", "extractive")
          .containsEntry("previous", true);
      assertThat(opened)
          .extracting(GeneratorConfig::backend)
          .containsExactly(GeneratorConfig.Backend.OLLAMA, GeneratorConfig.Backend.EXTRACTIVE);

      assertThat(server.send("DELETE", "/models/tiny-Q4_K_M.gguf").statusCode()).isEqualTo(204);
      assertThat(home.resolve("data/models")).isEmptyDirectory();
      assertThat(server.send("DELETE", "/models/deepseek-r1%3A7b").statusCode()).isEqualTo(204);
      assertThat(ollama.names).isEmpty();
    }
  }

  @Test
  void a_name_with_slashes_is_removed_as_it_is_or_percent_encoded() throws Exception {
    ollama.names.addAll(List.of("hf.co/a/b:Q4", "hf.co/a/c:Q4"));
    try (TestServer server = server()) {
      assertThat(server.send("DELETE", "/models/hf.co/a/b:Q4").statusCode()).isEqualTo(204);
      assertThat(server.send("DELETE", "/models/hf.co%2Fa%2Fc%3AQ4").statusCode()).isEqualTo(204);
    }
    assertThat(ollama.names).isEmpty();
  }

  @Test
  void one_model_comes_at_a_time_and_can_be_stopped() throws Exception {
    ollama.hangs = true;
    try (TestServer server = server()) {
      assertThat(code(server, server.get("/models/pull"))).isEqualTo("pull-not-found");
      server.postJson("/models/pull", "{\"name\":\"deepseek-r1:7b\"}");
      assertThat(ollama.begun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.json(server.get("/models/pull")))
          .containsEntry("state", "running")
          .containsEntry("phase", "downloading")
          .containsEntry("completed", 10)
          .containsEntry("total", 100);

      HttpResponse<String> second =
          server.postJson("/models/pull", "{\"name\":\"deepseek-r1:14b\"}");
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(second.body()).contains("pull-running").contains("deepseek-r1:7b");

      assertThat(server.json(server.send("DELETE", "/models/pull")))
          .containsEntry("state", "stopped");
      assertThat(ollama.names).isEmpty();
    }
  }

  @Test
  void a_pull_that_failed_says_why_and_what_helps() throws Exception {
    try (FakeHub hub = FakeHub.serving("<html>".repeat(9).getBytes(StandardCharsets.UTF_8));
        TestServer server = server()) {
      server.postJson("/models/pull", "{\"name\":\"" + hub.file() + "\"}");

      assertThat(awaitEnd(server))
          .containsEntry("state", "failed")
          .containsEntry("code", "model-refused")
          .hasEntrySatisfying("remedy", remedy -> assertThat(remedy).asString().contains("GGUF"));
    }
  }

  @Test
  void a_key_that_the_administrator_set_elsewhere_is_shown_as_locked_and_not_changed()
      throws Exception {
    ollama.names.add("deepseek-r1:7b");
    try (TestServer server = server(Map.of("ZHIKU_GENERATOR_BACKEND", "openai"))) {
      assertThat(server.get("/models").body())
          .contains("{\"key\":\"zhiku.generator.backend\",\"by\":\"environment\"}");

      HttpResponse<String> refused =
          server.postJson("/models/use", "{\"name\":\"deepseek-r1:7b\"}");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body())
          .contains("setting-locked", "zhiku.generator.backend", "environment");
      assertThat(opened).isEmpty();
      assertThat(home.resolve("data/settings.yml")).doesNotExist();
    }
  }

  @Test
  void a_key_that_is_locked_with_the_wanted_value_is_in_nobodys_way() throws Exception {
    ollama.names.add("deepseek-r1:14b");
    try (TestServer server = server(Map.of("ZHIKU_GENERATOR_BACKEND", "ollama"))) {
      assertThat(server.json(server.postJson("/models/use", "{\"name\":\"deepseek-r1:14b\"}")))
          .containsEntry("model", "deepseek-r1:14b");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST|/models/pull|{}|value-out-of-range
          POST|/models/pull|{"name":"nobody"}|model-not-found
          POST|/models/pull|{"name":"http://203.0.113.1/a.gguf x"}|none
          POST|/models/pull|{"name":"deepseek-r1:7b","sha256":"12"}|value-out-of-range
          POST|/models/pull|{"name":"deepseek-r1-distill-qwen-7b","hub":"nowhere"}|value-out-of-range
          POST|/models/pull|{"nam":"x"}|unknown-field
          POST|/models/use|{}|value-out-of-range
          POST|/models/use|{"name":"a","previous":true}|value-out-of-range
          POST|/models/use|{"previous":true}|no-previous-model
          POST|/models/use|{"name":"nobody"}|model-not-found
          DELETE|/models/nobody||model-not-found
          DELETE|/models/..%2F..%2Fdata.gguf||model-not-found
          """)
  void what_cannot_be_done_is_refused_with_its_code(
      String method, String path, String body, String code) throws Exception {
    try (TestServer server = server()) {
      HttpResponse<String> response =
          method.equals("POST") ? server.postJson(path, body) : server.send(method, path);

      if (code.equals("none")) {
        assertThat(awaitEnd(server)).containsEntry("code", "value-out-of-range");
      } else {
        assertThat(server.json(response)).containsEntry("code", code);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /models",
    "GET, /models/pull",
    "POST, /models/pull",
    "DELETE, /models/pull",
    "POST, /models/use",
    "DELETE, /models/a"
  })
  void off_loopback_only_an_administrator_may(String method, String path) throws Exception {
    Files.createDirectories(home.resolve("data"));
    AccessKeys keys = AccessKeys.create(home.resolve("access.key"));
    TestServer.Settings settings =
        new TestServer.Settings().host("0.0.0.0").keys(keys).models(models(Map.of()));
    try (TestServer server = TestServer.start(home, settings)) {
      assertThat(server.send(method, path).statusCode()).isEqualTo(401);
      HttpResponse<String> reader =
          server.send(method, path, "Authorization", "Bearer " + keys.text(Role.READER));
      assertThat(reader.statusCode()).isEqualTo(403);
    }
  }
}

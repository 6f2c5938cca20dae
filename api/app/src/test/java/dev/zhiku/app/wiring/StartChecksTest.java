package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartChecksTest {
  @TempDir private Path home;

  private ZhikuConfig config(Map<String, String> options) {
    return new ConfigLoader(home, Map.of()).load(Optional.empty(), options);
  }

  @ParameterizedTest
  @CsvSource({
    "ollama-api.port, 11434, generator, ollama, http://127.0.0.1:11434",
    "ollama-api.port, 4321, generator, ollama, http://localhost:4321",
    "ollama-api.port, 4321, embedding, ollama, http://127.0.0.2:4321",
    "server.port, 4321, generator, openai, http://127.0.0.1:4321/v1",
    "server.port, 4321, embedding, openai, http://[::1]:4321/v1",
  })
  void a_chosen_model_server_is_never_the_service_itself(
      String port, String number, String part, String backend, String address) {
    String key = part + "." + backend + ".base-url";
    ZhikuConfig config =
        config(
            Map.of(
                port,
                number,
                part + ".backend",
                backend,
                part + "." + backend + ".model",
                "m",
                key,
                address));

    CannotStart refusal =
        catchThrowableOfType(
            CannotStart.class, () -> StartChecks.modelServersAreNearAndOthers(config));

    assertThat(refusal.code()).isEqualTo(CannotStart.Code.BAD_CONFIGURATION);
    assertThat(refusal).hasMessageContainingAll("zhiku." + key, address);
  }

  @ParameterizedTest
  @CsvSource({
    "extractive, http://127.0.0.1:11434",
    "ollama, http://127.0.0.1:11435",
    "ollama, http://192.168.77.7:11434",
  })
  void a_model_server_elsewhere_or_one_that_is_not_chosen_is_let_be(
      String backend, String address) {
    ZhikuConfig config =
        config(
            Map.of(
                "ollama-api.port",
                "11434",
                "generator.backend",
                backend,
                "generator.ollama.base-url",
                address));

    assertThatCode(() -> StartChecks.modelServersAreNearAndOthers(config))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "server.port, 11434, server.port",
    "server.tls.self-signed, true, server.tls",
  })
  void the_port_for_programs_for_ollama_is_another_one_and_not_beside_an_encrypted_one(
      String key, String value, String named) {
    ZhikuConfig config =
        config(
            key.equals("server.port")
                ? Map.of("ollama-api.port", value, key, value)
                : Map.of("server.port", "0", "ollama-api.port", "4321", key, value));

    CannotStart refusal =
        catchThrowableOfType(
            CannotStart.class, () -> StartChecks.portsAreFree(config.server(), config.ollamaApi()));

    assertThat(refusal.code()).isEqualTo(CannotStart.Code.BAD_CONFIGURATION);
    assertThat(refusal).hasMessageContainingAll("zhiku.ollama-api.port", "zhiku." + named);
  }
}

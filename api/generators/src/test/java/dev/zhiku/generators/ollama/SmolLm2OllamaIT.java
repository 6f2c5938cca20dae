package dev.zhiku.generators.ollama;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.RealServer;
import dev.zhiku.generators.server.SmolLm2Contract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** With the Ollama that {@code ZHIKU_TEST_OLLAMA} names. */
class SmolLm2OllamaIT extends SmolLm2Contract {
  private static final String NAME = "smollm2";

  /** The model's own, as Ollama writes templates. */
  private static final String TEMPLATE =
      "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}"
          + "<|im_start|>assistant\n";

  private Optional<RealServer> server = Optional.empty();

  @Override
  protected ChatBackend open(Path model, Path folder) throws Exception {
    Path program = RealServer.program(RealOllama.VARIABLE);
    RealServer started = RealOllama.start(program, Files.createDirectories(folder.resolve("home")));
    server = Optional.of(started);
    RealOllama.create(started.uri(), NAME, model, TEMPLATE);
    return OllamaBackend.open(
        new GeneratorConfig.Ollama(
            started.uri(), NAME, CONTEXT_TOKENS, Duration.ofMinutes(30), 2, List.of()),
        PromptForm.AUTO,
        TIMEOUTS,
        OutboundClients.toModelServer());
  }

  @AfterAll
  void stop() {
    server.ifPresent(RealServer::close);
  }
}

package dev.zhiku.generators.llamaserver;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.server.RealServer;
import dev.zhiku.generators.server.SmolLm2Contract;
import java.nio.file.Path;
import java.util.Optional;

/** With the {@code llama-server} that {@code ZHIKU_TEST_LLAMA_SERVER} names, started by us. */
class SmolLm2ServerIT extends SmolLm2Contract {
  @Override
  protected ChatBackend open(Path model, Path folder) {
    Path program = RealServer.program("ZHIKU_TEST_LLAMA_SERVER");
    return LlamaServerBackend.open(
        new GeneratorConfig.Native(
            Optional.of(model), CONTEXT_TOKENS, 2, "1", Optional.of(program), "0"),
        PromptForm.AUTO,
        TIMEOUTS,
        folder.resolve("own"));
  }
}

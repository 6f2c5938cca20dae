package dev.zhiku.generators.llamaserver;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.server.RealLlamaServer;
import dev.zhiku.generators.server.SmolLm2Contract;
import java.nio.file.Path;
import java.util.Optional;

/** With llama.cpp's own server, started by us. */
class SmolLm2ServerIT extends SmolLm2Contract {
  @Override
  protected ChatBackend open(Path model, Path folder) throws Exception {
    Path program = RealLlamaServer.program(folder);
    return LlamaServerBackend.open(
        new GeneratorConfig.Native(
            Optional.of(model), CONTEXT_TOKENS, 2, "1", Optional.of(program), "0"),
        PromptForm.AUTO,
        TIMEOUTS,
        folder.resolve("own"));
  }
}

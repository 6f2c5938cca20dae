package dev.zhiku.generators.openai;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.RealLlamaServer;
import dev.zhiku.generators.server.RealServer;
import dev.zhiku.generators.server.RealServerContract;
import dev.zhiku.generators.server.Timeouts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** With llama.cpp's own server. */
class RealLlamaServerIT extends RealServerContract {
  private static final int SLOTS = 2;

  @Override
  protected Path program(Path folder) throws Exception {
    return RealLlamaServer.program(folder);
  }

  @Override
  protected RealServer serve(Path program, Path home, Path model) throws Exception {
    return RealServer.start(
        home,
        "/health",
        port -> RealLlamaServer.command(program, model, port, SLOTS * CONTEXT_TOKENS, SLOTS),
        port -> Map.of());
  }

  @Override
  protected ChatBackend open(URI server, String model, Timeouts timeouts) {
    return OpenAiBackend.open(
        new GeneratorConfig.OpenAi(
            server.resolve("/v1"), Optional.of(model), Optional.empty(), 1_048_576, SLOTS),
        PromptForm.AUTO,
        Optional.empty(),
        timeouts,
        OutboundClients.toModelServer());
  }
}

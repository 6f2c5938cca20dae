package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.generators.server.SmolLm2Contract;
import java.nio.file.Path;

/** In the child process. */
class SmolLm2IT extends SmolLm2Contract {
  @Override
  protected ChatBackend open(Path model, Path folder) {
    return TinyModels.open(model, CONTEXT_TOKENS, 2, folder.resolve("tmp"));
  }
}

package dev.zhiku.server.status;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.server.query.AnswerConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The generator's state, as its backend reports it. */
public final class BackendState implements GeneratorState {
  private final Supplier<ChatBackend> current;
  private final AnswerConfig config;

  /**
   * @param current who answers the next question
   */
  public BackendState(Supplier<ChatBackend> current, AnswerConfig config) {
    this.current = current;
    this.config = config;
  }

  @Override
  public Now now(Locale locale) {
    ChatBackend backend = current.get();
    return switch (backend.health()) {
      case ChatBackend.Health.Ready() -> state(backend, true, Optional.empty());
      case ChatBackend.Health.Away(Phrase detail) ->
          state(backend, false, Optional.of(detail.in(locale)));
    };
  }

  private Now state(ChatBackend backend, boolean ready, Optional<String> detail) {
    ModelDescription model = backend.model();
    boolean reasons = config.reasoning() && model.aiGenerated();
    return new Now(model.backend(), model.name(), ready, detail, backend.promptForm(), reasons);
  }
}

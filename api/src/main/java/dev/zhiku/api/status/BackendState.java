package dev.zhiku.api.status;

import dev.zhiku.api.answer.ChatBackend;
import dev.zhiku.api.http.Phrase;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The generator's state, as its backend reports it. */
public final class BackendState implements GeneratorState {
  private final Supplier<ChatBackend> current;

  /**
   * @param current who answers the next question
   */
  public BackendState(Supplier<ChatBackend> current) {
    this.current = current;
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

  private static Now state(ChatBackend backend, boolean ready, Optional<String> detail) {
    return new Now(backend.model().backend(), backend.model().name(), ready, detail);
  }
}

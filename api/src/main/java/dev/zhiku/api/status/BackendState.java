package dev.zhiku.api.status;

import dev.zhiku.api.answer.ChatBackend;
import dev.zhiku.api.http.Phrase;
import java.util.Locale;
import java.util.Optional;

/** The generator's state, as its backend reports it. */
public final class BackendState implements GeneratorState {
  private final ChatBackend backend;

  public BackendState(ChatBackend backend) {
    this.backend = backend;
  }

  @Override
  public Now now(Locale locale) {
    return switch (backend.health()) {
      case ChatBackend.Health.Ready() -> state(true, Optional.empty());
      case ChatBackend.Health.Away(Phrase detail) -> state(false, Optional.of(detail.in(locale)));
    };
  }

  private Now state(boolean ready, Optional<String> detail) {
    return new Now(backend.model().backend(), backend.model().name(), ready, detail);
  }
}

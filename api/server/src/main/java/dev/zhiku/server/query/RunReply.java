package dev.zhiku.server.query;

import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.server.http.LateJson;
import io.micronaut.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question whose client waits for the whole answer.
 *
 * @param owner the run ends when nobody waits any more
 * @param form how its end is said
 */
public record RunReply(AnswerRun run, boolean owner, Function<Terminal, HttpResponse<?>> form)
    implements LateJson.Reply {
  @Override
  public Optional<HttpResponse<?>> await(Duration patience) throws InterruptedException {
    return run.awaitTerminal(patience).map(form);
  }

  @Override
  public void leave() {
    if (owner) {
      run.stop();
    }
  }
}

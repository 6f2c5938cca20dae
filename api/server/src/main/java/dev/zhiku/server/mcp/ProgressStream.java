package dev.zhiku.server.mcp;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Progress;
import dev.zhiku.answering.answer.AnswerEvent.Queued;
import dev.zhiku.answering.answer.AnswerEvent.Reasoning;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.AnswerEvent.Unsupported;
import dev.zhiku.answering.answer.AnswerEvent.Withdrawn;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.EventStreams.Step;
import dev.zhiku.server.query.AnswerRun;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer on its way to an agent: how far it is, where the agent wants to know, and at last the
 * result; comments keep proxies from cutting it off. Used by one thread.
 */
final class ProgressStream implements EventStreams.Reader {
  private final AnswerRun run;
  private final RunningCalls.Place place;
  private final Optional<Object> token;
  private final Function<Terminal, Map<String, Object>> result;
  private final Map<String, Object> broken;
  private final JsonMapper json;
  private int read;
  private boolean answered;

  /**
   * @param token under which progress is told; empty if nobody wants to know
   * @param result the message that a run ends with
   * @param broken the message of a run that has no end
   */
  ProgressStream(
      AnswerRun run,
      RunningCalls.Place place,
      Optional<Object> token,
      Function<Terminal, Map<String, Object>> result,
      Map<String, Object> broken,
      JsonMapper json) {
    this.run = run;
    this.place = place;
    this.token = token;
    this.result = result;
    this.broken = broken;
    this.json = json;
  }

  @Override
  public Step next(Duration patience) throws InterruptedException {
    Step step = run.await(read, patience, this::write);
    if (step instanceof Step.Data || step instanceof Step.Comment) {
      read++;
    }
    if (step instanceof Step.End && !answered) {
      answered = true;
      return data(broken);
    }
    return step;
  }

  private Step write(AnswerEvent event) {
    return switch (event) {
      case Terminal end -> {
        answered = true;
        yield data(result.apply(end));
      }
      case Retrieved found -> progress();
      case Queued queued -> progress();
      case Progress further -> progress();
      case Withdrawn nothing -> progress();
      case Unsupported place -> new Step.Comment("unsupported");
      case Reasoning part -> new Step.Comment("reasoning");
      case Text part -> new Step.Comment("writing");
    };
  }

  private Step progress() {
    return token
        .<Step>map(
            known ->
                data(
                    RpcMessage.notification(
                        "notifications/progress",
                        Map.of("progressToken", known, "progress", read + 1))))
        .orElseGet(() -> new Step.Comment("working"));
  }

  private Step data(Object message) {
    try {
      return new Step.Data(json.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run.stop();
    place.leave(run);
  }
}

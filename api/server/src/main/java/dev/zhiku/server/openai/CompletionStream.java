package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Progress;
import dev.zhiku.answering.answer.AnswerEvent.Queued;
import dev.zhiku.answering.answer.AnswerEvent.Reasoning;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.AnswerEvent.Unsupported;
import dev.zhiku.answering.answer.AnswerEvent.Withdrawn;
import dev.zhiku.server.http.EventStreams.Reader;
import dev.zhiku.server.http.EventStreams.Step;
import dev.zhiku.server.openai.ChatCompletionChunk.Delta;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.query.AnswerRun;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The events of an answer as the parts of a completion. The client that leaves stops the answer.
 * Used by one thread.
 */
final class CompletionStream implements Reader {
  private static final String DONE = "[DONE]";

  private final AnswerRun run;
  private final OpenAiReply completion;
  private final Locale locale;
  private final boolean includeUsage;
  private final JsonMapper json;
  private final Deque<Step> ready = new ArrayDeque<>();
  private final StringBuilder told = new StringBuilder();
  private int place;

  /**
   * @param locale in which it says what is being done
   * @param includeUsage whether the counts of tokens come last
   */
  CompletionStream(
      AnswerRun run, OpenAiReply completion, Locale locale, boolean includeUsage, JsonMapper json) {
    this.locale = locale;
    this.run = run;
    this.completion = completion;
    this.includeUsage = includeUsage;
    this.json = json;
  }

  @Override
  public Step next(Duration patience) throws InterruptedException {
    if (ready.isEmpty()) {
      Step step = run.await(place, patience, this::take);
      if (!(step instanceof Step.Data || step instanceof Step.Comment)) {
        return step;
      }
      place++;
    }
    return ready.remove();
  }

  /** Every event becomes one step or more. */
  private Step take(AnswerEvent event) {
    switch (event) {
      case Retrieved retrieved -> add(completion.begin(retrieved.passages().size(), locale));
      case Queued queued -> ready.add(new Step.Comment("queued, position " + queued.position()));
      case Progress progress ->
          ready.add(new Step.Comment("reading, " + progress.read() + " of " + progress.of()));
      case Reasoning part -> add(completion.part(Delta.reasoning(part.text())));
      case Text part -> {
        told.append(part.text());
        add(completion.part(Delta.content(part.text())));
      }
      case Withdrawn nothing -> ready.add(new Step.Comment("withdrawn"));
      case Unsupported place -> ready.add(new Step.Comment("unsupported"));
      case Terminal terminal -> end(completion.ending(terminal, told.toString()));
    }
    return ready.element();
  }

  private void end(Ending ending) {
    switch (ending) {
      case Ending.Said said -> {
        if (!said.rest().isEmpty()) {
          add(completion.part(Delta.content(said.rest())));
        }
        add(completion.last(said));
        if (includeUsage) {
          add(completion.usage(said.usage()));
        }
        ready.add(new Step.Data(DONE));
      }
      case Ending.Broken broken -> add(broken.error());
    }
  }

  private void add(Object value) {
    try {
      ready.add(new Step.Data(json.writeValueAsString(value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run.stop();
  }
}

package dev.zhiku.server.openai.responses;

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
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.responses.ResponseEvent.Filled;
import dev.zhiku.server.openai.responses.ResponseItem.Annotation;
import dev.zhiku.server.openai.responses.ResponseItem.Part;
import dev.zhiku.server.query.AnswerRun;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The events of an answer as the events of {@code /v1/responses}. The client that leaves stops the
 * answer. Used by one thread.
 */
final class ResponseStream implements Reader {
  private final AnswerRun run;
  private final OpenAiReply reply;
  private final ResponseForm form;
  private final JsonMapper json;
  private final Deque<Step> ready = new ArrayDeque<>();
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder told = new StringBuilder();
  private Item open = Item.NONE;
  private int outputIndex;
  private int number;
  private int place;

  /** The item that is being put out. */
  private enum Item {
    NONE,
    REASONING,
    MESSAGE
  }

  ResponseStream(AnswerRun run, OpenAiReply reply, ResponseForm form, JsonMapper json) {
    this.run = run;
    this.reply = reply;
    this.form = form;
    this.json = json;
  }

  @Override
  public Step next(Duration patience) throws InterruptedException {
    if (ready.isEmpty()) {
      Step step = run.await(place, patience, this::take);
      if (ready.isEmpty()) {
        return step;
      }
      place++;
    }
    return ready.remove();
  }

  /** Every event becomes one step or more. */
  private Step take(AnswerEvent event) {
    switch (event) {
      case Retrieved retrieved -> {
        send(ResponseEvent.whole("response.created", number, form.begun()));
        send(ResponseEvent.whole("response.in_progress", number, form.begun()));
      }
      case Queued queued -> ready.add(new Step.Comment("queued, position " + queued.position()));
      case Progress progress ->
          ready.add(new Step.Comment("reading, " + progress.read() + " of " + progress.of()));
      case Reasoning part -> think(part.text());
      case Text part -> say(part.text());
      case Withdrawn nothing -> ready.add(new Step.Comment("withdrawn"));
      case Unsupported place -> ready.add(new Step.Comment("unsupported"));
      case Terminal terminal -> end(reply.ending(terminal, told.toString()));
    }
    return ready.element();
  }

  private void think(String text) {
    if (open == Item.MESSAGE) {
      // Thoughts behind the first word of the answer have no place in this form.
      ready.add(new Step.Comment("reasoning"));
      return;
    }
    if (open == Item.NONE) {
      open = Item.REASONING;
      send(
          ResponseEvent.item(
              "response.output_item.added", number, outputIndex, form.beginningReasoning()));
      send(part("response.content_part.added").part(Part.reasoning("")));
    }
    thought.append(text);
    send(part("response.reasoning_text.delta").delta(text));
  }

  private void endReasoning() {
    if (open == Item.REASONING) {
      String text = thought.toString();
      send(part("response.reasoning_text.done").text(text));
      send(part("response.content_part.done").part(Part.reasoning(text)));
      send(
          ResponseEvent.item(
              "response.output_item.done", number, outputIndex, form.reasoning("completed", text)));
      outputIndex++;
      open = Item.NONE;
    }
  }

  private void say(String text) {
    beginMessage();
    told.append(text);
    send(part("response.output_text.delta").delta(text).withoutLogprobs());
  }

  private void beginMessage() {
    if (open != Item.MESSAGE) {
      endReasoning();
      open = Item.MESSAGE;
      send(
          ResponseEvent.item(
              "response.output_item.added", number, outputIndex, form.beginningMessage()));
      send(part("response.content_part.added").part(Part.answer("", List.of())));
    }
  }

  private void end(Ending ending) {
    switch (ending) {
      case Ending.Said said -> {
        beginMessage();
        if (!said.rest().isEmpty()) {
          say(said.rest());
        }
        endMessage(said);
        String status = ResponseForm.status(said);
        send(
            ResponseEvent.whole(
                "response." + status,
                number,
                form.ended(said, told.toString(), thought.toString())));
      }
      case Ending.Broken broken ->
          send(
              ResponseEvent.whole("response.failed", number, form.failed(broken, told.toString())));
    }
  }

  private void endMessage(Ending.Said said) {
    Part answer = form.answer(said, told.toString());
    int index = 0;
    for (Annotation cited : answer.annotations().orElse(List.of())) {
      send(part("response.output_text.annotation.added").annotation(cited, index));
      index++;
    }
    send(part("response.output_text.done").text(told.toString()).withoutLogprobs());
    send(part("response.content_part.done").part(answer));
    send(
        ResponseEvent.item(
            "response.output_item.done",
            number,
            outputIndex,
            form.message(ResponseForm.status(said), List.of(answer))));
  }

  private Filled part(String type) {
    String id =
        open == Item.REASONING ? ResponseIds.reasoning(form.id()) : ResponseIds.message(form.id());
    return new Filled(type, number).in(id, outputIndex);
  }

  private void send(Filled event) {
    send(event.event());
  }

  private void send(ResponseEvent event) {
    try {
      ready.add(
          new Step.Next(Integer.toString(number), event.type(), json.writeValueAsString(event)));
      number++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run.stop();
  }
}

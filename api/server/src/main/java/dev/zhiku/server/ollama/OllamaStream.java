package dev.zhiku.server.ollama;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Reasoning;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.EventStreams.Step;
import dev.zhiku.server.http.OllamaError;
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.query.AnswerRun;
import io.micronaut.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The events of an answer as lines of JSON. In silence it says blanks, which JSON allows before a
 * document, so that proxies keep the connection. The client that leaves stops the answer. Used by
 * one thread at a time.
 */
final class OllamaStream extends InputStream {
  private static final byte[] BLANK = {' '};

  private final AnswerRun run;
  private final OpenAiReply reply;
  private final OllamaForm form;
  private final JsonMapper json;
  private final ClientConnection.Watch watch;
  private final StringBuilder told = new StringBuilder();
  private InputStream line = InputStream.nullInputStream();
  private int place;
  private boolean ended;

  OllamaStream(
      AnswerRun run, OpenAiReply reply, OllamaForm form, JsonMapper json, ClientConnection client) {
    this.run = run;
    this.reply = reply;
    this.form = form;
    this.json = json;
    this.watch = client.onClose(run::stop);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    int read = line.read(buffer, offset, length);
    while (read < 0 && !ended) {
      line = new ByteArrayInputStream(await());
      read = line.read(buffer, offset, length);
    }
    return read;
  }

  private byte[] await() throws InterruptedIOException {
    try {
      return switch (run.await(place, EventStreams.HEARTBEAT, this::take)) {
        case Step.Data said -> {
          place++;
          yield said.data().getBytes(StandardCharsets.UTF_8);
        }
        case Step.Comment nothing -> {
          place++;
          yield BLANK;
        }
        case Step.Silence silence -> BLANK;
        case Step.End end -> {
          ended = true;
          yield new byte[0];
        }
        case Step.Next named -> throw new IllegalStateException("no event has a name here");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for the answer any more");
    }
  }

  private Step take(AnswerEvent event) {
    return switch (event) {
      case Reasoning part -> said(form.thinking(part.text()));
      case Text part -> {
        told.append(part.text());
        yield said(form.text(part.text()));
      }
      case Terminal terminal -> said(last(reply.ending(terminal, told.toString())));
      case AnswerEvent.Retrieved retrieved -> new Step.Comment("retrieved");
      case AnswerEvent.Queued queued -> new Step.Comment("queued");
      case AnswerEvent.Progress progress -> new Step.Comment("reading");
      case AnswerEvent.Withdrawn nothing -> new Step.Comment("withdrawn");
      case AnswerEvent.Unsupported place -> new Step.Comment("unsupported");
    };
  }

  private Object last(Ending ending) {
    return switch (ending) {
      case Ending.Said said -> form.end(said, said.rest(), Optional.empty());
      case Ending.Broken broken -> new OllamaError(broken.error().error().message());
    };
  }

  private Step said(Object value) {
    try {
      return new Step.Data(json.writeValueAsString(value) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    watch.end();
    run.stop();
  }
}

package dev.zhiku.server.openai;

import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.openai.ClientQuestions.Begun;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** The routes whose answer is a completion, in either form. Thread-safe. */
@Singleton
public final class Completions {
  private final ClientQuestions questions;
  private final JsonMapper json;

  Completions(ClientQuestions questions, JsonMapper json) {
    this.questions = questions;
    this.json = json;
  }

  /**
   * Answers in one piece, or in parts that stream.
   *
   * @param reader of the body
   * @param prefix what the id of the completion begins with
   */
  public HttpResponse<?> answer(
      HttpRequest<?> request,
      Function<byte[], CompletionRequest> reader,
      String prefix,
      Function<Begun, CompletionForm> form)
      throws InterruptedException {
    CompletionRequest sent = questions.read(request, CompletionReader.MAX_BODY_BYTES, reader);
    ModelName model = questions.model(request, sent.model());
    CompletionRequest asked = questions.seen(request, sent, model, CompletionRequest::place);
    Begun begun = questions.begin(request, asked, model, id -> prefix + id);
    OpenAiReply reply = begun.reply();
    CompletionForm written = form.apply(begun);
    return asked.stream() && !begun.failsAtOnce()
        ? EventStreams.response(
            new CompletionStream(begun.run(), reply, written, asked.includeUsage(), json))
        : questions.whole(request, begun, ending -> OpenAiReply.response(ending, written::whole));
  }
}

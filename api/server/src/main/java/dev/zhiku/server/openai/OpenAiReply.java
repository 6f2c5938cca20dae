package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.server.http.OpenAiError;
import dev.zhiku.server.openai.webui.WebUiEvent;
import dev.zhiku.server.query.QueryResponse;
import dev.zhiku.server.query.WireMapping;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an answer looks to a client of OpenAI's protocol. Thread-safe.
 *
 * @param id of the completion
 * @param created seconds since 1970
 * @param model as the client wrote it
 * @param cites whether documents were asked, so that their places stand under the answer
 * @param task what the client asks for itself, if it does
 * @param plain answers that without a model
 * @param base address of this service as the client sees it, without a slash at its end
 */
public record OpenAiReply(
    String id,
    long created,
    String model,
    boolean cites,
    Optional<ClientTask> task,
    PlainTask plain,
    String base) {

  /** How it ended. */
  public sealed interface Ending {
    /**
     * With an answer.
     *
     * @param rest what is still to be said of it
     * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
     * @param calls of tools that the model asks for
     * @param status {@code answered} or {@code no_evidence}
     * @param sources the citations as Open WebUI shows them
     */
    record Said(
        String rest,
        Optional<String> reasoning,
        String finishReason,
        List<ToolCall> calls,
        Usage usage,
        String status,
        List<QueryResponse.Citation> citations,
        List<QueryResponse.Warning> warnings,
        Optional<WebUiEvent> sources)
        implements Ending {
      public Said {
        calls = List.copyOf(calls);
        citations = List.copyOf(citations);
        warnings = List.copyOf(warnings);
      }
    }

    /**
     * Without one.
     *
     * @param status of HTTP, where no stream had begun
     */
    record Broken(int status, OpenAiError error) implements Ending {}
  }

  /**
   * What an end means.
   *
   * @param told what the client has of the answer already
   */
  public Ending ending(Terminal terminal, String told) {
    return switch (terminal) {
      case Answered answered -> answered(answered.answer(), told);
      case NoEvidence none -> noEvidence(none.answer(), told);
      case PassagesOnly passages ->
          throw new IllegalStateException("no model asks for passages alone");
      case Failed failed ->
          task.filter(asked -> told.isEmpty()).map(this::byRule).orElseGet(() -> broken(failed));
    };
  }

  private Ending answered(Answer answer, String told) {
    String text = answer.text().orElse("");
    String rest = text.startsWith(told) ? text.substring(told.length()) : "";
    return said(answer, rest);
  }

  private Ending noEvidence(Answer answer, String told) {
    return said(answer, (told.isEmpty() ? "" : "\n\n") + answer.text().orElse(""));
  }

  private Ending said(Answer answer, String rest) {
    return new Ending.Said(
        cites ? rest + Footer.of(answer, base) : rest,
        answer.reasoning(),
        answer.finish().orElse(Finish.STOP).wireName(),
        answer.calls(),
        Usage.of(answer.budget()),
        answer.status().wireName(),
        WireMapping.citations(answer.citations()),
        WireMapping.warnings(answer.warnings(), answer.question().locale()),
        cites ? WebUiEvent.sources(answer, base) : Optional.empty());
  }

  private Ending byRule(ClientTask asked) {
    return new Ending.Said(
        plain.answer(asked),
        Optional.empty(),
        Finish.STOP.wireName(),
        List.of(),
        Usage.NONE,
        Answer.Status.ANSWERED.wireName(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Ending broken(Failed failed) {
    int status = WireMapping.status(failed.code());
    return new Ending.Broken(
        status,
        OpenAiError.of(
            status,
            failed.code().wireName(),
            failed.detail() + " " + failed.remedy(),
            Optional.empty()));
  }

  /**
   * The response to a client that waits for the whole answer.
   *
   * @param form body of an answer
   */
  public static HttpResponse<?> response(Ending ending, Function<Ending.Said, Object> form) {
    MutableHttpResponse<?> response =
        switch (ending) {
          case Ending.Said said -> HttpResponse.ok(form.apply(said));
          case Ending.Broken broken ->
              HttpResponse.status(HttpStatus.valueOf(broken.status())).body(broken.error());
        };
    return response.contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}

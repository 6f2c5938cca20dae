package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.pictures.QuestionPictures;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRun;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.query.RunReply;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The questions of clients of OpenAI's protocol and of Ollama's, from the request to the answer
 * that is being made: one way for every route, whatever its bodies look like. Thread-safe.
 */
@Singleton
public final class ClientQuestions {
  /**
   * How long a stream waits for what may fail at once, so that it fails with a status; on a busy
   * machine even that takes a moment. Whatever comes first ends the wait.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final AnswerRuns runs;
  private final RequestBodies bodies;
  private final SearchConfig search;
  private final AnswerConfig answers;
  private final ServedModels models;
  private final QuestionPictures pictures;
  private final ServerConfig server;
  private final PlainTask plain;
  private final LateJson late;

  ClientQuestions(
      AnswerRuns runs,
      RequestBodies bodies,
      SearchConfig search,
      AnswerConfig answers,
      DocumentCatalog catalog,
      QuestionPictures pictures,
      ServerConfig server,
      JsonMapper json,
      LateJson late) {
    this.runs = runs;
    this.bodies = bodies;
    this.search = search;
    this.answers = answers;
    this.models = new ServedModels(catalog);
    this.pictures = pictures;
    this.server = server;
    this.plain = new PlainTask(json);
    this.late = late;
  }

  /**
   * An answer that is being made.
   *
   * @param reply how it looks to the client
   * @param locale of the question
   */
  public record Begun(AnswerRun run, OpenAiReply reply, Locale locale) {
    /**
     * Whether it failed before a word was said, so that even who wants a stream gets a status. What
     * a client asks for itself never fails, for a rule stands in.
     */
    public boolean failsAtOnce() throws InterruptedException {
      return reply.task().isEmpty() && run.failsAtOnce(GRACE);
    }
  }

  /**
   * What a client asks; its body is not read while there is no place for its question.
   *
   * @param maxBytes longest body
   */
  public <T> T read(HttpRequest<?> request, int maxBytes, Function<byte[], T> reader) {
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    return bodies.read(request, scope.client(), maxBytes, reader);
  }

  /** The model that answers where a client names this one. */
  public ModelName model(HttpRequest<?> request, String name) {
    return models.answering(name, RequestScope.of(request));
  }

  /**
   * The request with the text of its question's pictures; blocks while they are read.
   *
   * @param where they stand in the request
   * @throws Problem where they cannot be read
   */
  public CompletionRequest seen(
      HttpRequest<?> request,
      CompletionRequest asked,
      ModelName model,
      Function<CompletionRequest, String> where)
      throws InterruptedException {
    List<String> addresses = asked.pictures();
    if (addresses.isEmpty()) {
      return asked;
    }
    String client = RequestScope.of(request).client();
    return asked.withTexts(model, pictures.read(addresses, where.apply(asked), client));
  }

  /**
   * Begins the answer.
   *
   * @param id that of the reply, from that of the answer
   */
  public Begun begin(
      HttpRequest<?> request, CompletionRequest asked, ModelName model, UnaryOperator<String> id)
      throws InterruptedException {
    return begin(request, asked, model, id, event -> {});
  }

  /**
   * Begins the answer.
   *
   * @param first is given each event before the client is; not those of a task of the client's own
   */
  public Begun begin(
      HttpRequest<?> request,
      CompletionRequest asked,
      ModelName model,
      UnaryOperator<String> id,
      Consumer<AnswerEvent> first)
      throws InterruptedException {
    Optional<ClientTask> task = ClientTask.in(asked.messages());
    Question question =
        task.map(known -> asked.question(known, search.topK()))
            .orElseGet(() -> asked.question(model, search.topK(), answers));
    Consumer<AnswerEvent> heard = task.isEmpty() ? first : event -> {};
    AnswerRun run = runs.start(question, RequestScope.of(request), false, heard);
    OpenAiReply reply =
        new OpenAiReply(
            id.apply(run.id().orElse("")),
            Instant.now().getEpochSecond(),
            model.id(),
            question.mode() == Question.Mode.ANSWER,
            task,
            plain,
            BaseAddress.of(server, request));
    return new Begun(run, reply, question.locale());
  }

  /**
   * The response to a client that waits for the whole answer.
   *
   * @param form how its end is said
   */
  public HttpResponse<?> whole(
      HttpRequest<?> request, Begun begun, Function<Ending, HttpResponse<?>> form)
      throws InterruptedException {
    return late.response(
        request, new RunReply(begun.run(), true, end -> form.apply(begun.reply().ending(end, ""))));
  }
}

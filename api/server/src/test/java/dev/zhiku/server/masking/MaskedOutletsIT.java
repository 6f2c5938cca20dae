package dev.zhiku.server.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.answering.masking.PersonalSamples.Sample;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.masking.NumberedDocuments.Numbered;
import dev.zhiku.server.query.AnswerRuns;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that shows words of documents or of models, to a role from whom some is covered. */
class MaskedOutletsIT {
  private static final List<MaskedKind> ALL = List.of(MaskedKind.values());

  private final long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
  private final Map<String, Integer> asked = new LinkedHashMap<>();
  private final List<String> leaks = new ArrayList<>();
  private final LateAnswerer answers = new LateAnswerer();
  private AnswerRuns runs;
  private TestServer server;
  private String reader;
  private String admin;

  @BeforeEach
  void start(@TempDir Path folder) {
    System.out.println("seed " + seed);
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    runs = new AnswerRuns(answers, InstantSource.system());
    server =
        TestServer.start(
            folder,
            new TestServer.Settings()
                .host("192.168.1.20")
                .keys(keys)
                .masking(new MaskingConfig(ALL, List.of(), ALL))
                .runs(runs));
    server.lifecycle.serving();
    server.catalog.put(
        new SourceState("knowledge", "/srv/knowledge", true, false, Phrase.NONE, Optional.empty()));
    reader = bearer(Role.READER);
    admin = bearer(Role.ADMIN);
    answers.quoting = answering(false);
    answers.echoing = answering(true);
  }

  /** Of a key of its own: what several share keeps no conversations. */
  private String bearer(Role role) {
    NamedKey.Terms terms =
        new NamedKey.Terms(
            role.wireName(), role, Optional.empty(), List.of(), Optional.empty(), false);
    return "Bearer " + server.named.create(terms, "machine").text();
  }

  @AfterEach
  void stop() {
    runs.close();
    server.close();
  }

  private AnswerService answering(boolean echoes) {
    Semaphore cores = new Semaphore(2);
    return new AnswerService(
        new Retriever(server.index, Embedders.single(server.embedder), SearchConfig.DEFAULT, cores),
        echoes ? new EchoBackend(seed) : new ExtractiveBackend(cores),
        new ExtractiveBackend(cores),
        new Prompt.Limits(8_192, 8_192, Duration.ofMinutes(1)),
        SupportRule.NONE,
        4,
        StandingWarnings.NONE,
        AnswerMeter.NONE);
  }

  @Test
  void nothing_that_is_covered_leaves_by_any_outlet() throws Exception {
    run(40);
  }

  @Tag("soak")
  @Test
  void nothing_of_five_hundred_of_each_kind_leaves_by_any_outlet() throws Exception {
    run(Integer.getInteger("zhiku.masked.numbers", 500));
  }

  private void run(int ofEachKind) throws Exception {
    long begun = System.nanoTime();
    NumberedDocuments library = new NumberedDocuments(server, seed, ofEachKind);
    for (Numbered one : library.documents) {
      reading(one);
      answering(one);
      agents(one);
      echoing(one);
    }
    System.out.printf(
        "%d of each of %d kinds, in 12 forms each: shown %d times; %s requests by outlet; %d s%n",
        ofEachKind, ALL.size(), leaks.size(), asked, (System.nanoTime() - begun) / 1_000_000_000);
    assertThat(leaks).as("seed %s", seed).isEmpty();
    assertThat(
            server
                .json(
                    server.get(
                        "/documents/" + id(library.documents.getFirst()) + "/passages",
                        "Authorization",
                        admin))
                .toString())
        .as("what an administrator sees")
        .matches(text -> library.documents.getFirst().samples().getFirst().isIn(text));
  }

  private static String id(Numbered one) {
    return one.entry().id().value();
  }

  private void reading(Numbered one) {
    String document = "/documents/" + id(one);
    get(one, "documents", document);
    get(one, "list", "/documents?q=txt&limit=500");
    get(one, "passages", document + "/passages?limit=200");
    get(one, "view", document + "/view?passage=10&before=20&after=20");
    get(one, "search", "/search?passages=200&q=" + one.word());
    get(one, "table", "/search/table?q=" + one.word());
    get(one, "plain page", "/plain?q=pump+" + one.word());
    HttpResponse<String> original = server.get(document + "/content", "Authorization", reader);
    look(one, "original", original);
    assertThat(original.statusCode()).isEqualTo(403);
  }

  private void answering(Numbered one) {
    String question = "What has the pump " + one.word() + "?";
    String talk = String.valueOf(server.json(post("/conversations", "{}")).get("id"));
    HttpResponse<String> answer =
        post(
            "/query",
            "{\"question\":\""
                + question
                + "\",\"conversation_id\":\""
                + talk
                + "\","
                + in(one)
                + "}");
    look(one, "query", answer);
    assertThat(answer.body()).contains("\"quote_masked\":true", one.word());
    look(one, "passages mode", query(one, question, "passages", "application/json"));
    look(one, "query events", query(one, question, "answer", "text/event-stream"));
    get(one, "conversation", "/conversations/" + talk);
    get(one, "conversation list", "/conversations?q=pump");
    get(one, "export", "/conversations/" + talk + "/export");
    get(one, "markdown", "/conversations/" + talk + "/export?format=markdown");
    for (boolean stream : List.of(false, true)) {
      look(
          one,
          "chat completions",
          post(
              "/v1/chat/completions",
              "{\"model\":\"zhiku\",\"stream\":"
                  + stream
                  + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                  + question
                  + "\"}]}"));
      look(
          one,
          "responses",
          post(
              "/v1/responses",
              "{\"model\":\"zhiku\",\"stream\":" + stream + ",\"input\":\"" + question + "\"}"));
    }
    look(
        one,
        "retrieval",
        post(
            "/retrieval",
            "{\"knowledge_id\":\"knowledge\",\"query\":\""
                + question
                + "\",\"retrieval_setting\":{\"top_k\":20,\"score_threshold\":0.0}}"));
  }

  private void agents(Numbered one) {
    String question = "{\"question\":\"What has the pump " + one.word() + "?\"}";
    tool(one, "ask", question);
    tool(one, "search", question);
    tool(one, "read", "{\"document_id\":\"" + id(one) + "\",\"max_chars\":100000}");
    tool(one, "list", "{\"limit\":100}");
    rpc(one, "resources/list", "{}");
    rpc(one, "resources/read", "{\"uri\":\"zhiku://documents/" + id(one) + "\"}");
  }

  private void tool(Numbered one, String name, String arguments) {
    rpc(one, "tools/call", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
  }

  private void rpc(Numbered one, String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    look(one, "mcp", post("/mcp", body));
    look(one, "mcp events", send("/mcp", body, "text/event-stream"));
  }

  /** What a model writes of itself, in pieces. */
  private void echoing(Numbered one) {
    answers.echoes = true;
    StringBuilder said = new StringBuilder("Say ");
    one.samples().getFirst().forms().forEach(form -> said.append(form).append("; "));
    String text = said.toString();
    for (String type : List.of("application/json", "text/event-stream")) {
      HttpResponse<String> response = query(one, text, "chat", type);
      look(one, "model", response);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
    for (boolean stream : List.of(false, true)) {
      HttpResponse<String> response =
          post(
              "/v1/chat/completions",
              "{\"model\":\"zhiku-chat\",\"stream\":"
                  + stream
                  + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                  + text
                  + "\"}]}");
      look(one, "model at /v1", response);
    }
    answers.echoes = false;
  }

  /** All passages of one document. */
  private static String in(Numbered one) {
    return "\"top_k\":20,\"filter\":{\"document_ids\":[\"" + id(one) + "\"]}";
  }

  private HttpResponse<String> query(Numbered one, String question, String mode, String type) {
    return send(
        "/query",
        "{\"question\":\""
            + question
            + "\",\"mode\":\""
            + mode
            + "\",\"reasoning\":true,"
            + in(one)
            + "}",
        type);
  }

  private HttpResponse<String> post(String path, String body) {
    return send(path, body, "application/json");
  }

  private HttpResponse<String> send(String path, String body, String type) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", reader)
            .header("Content-Type", "application/json")
            .header("Accept", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private void get(Numbered one, String outlet, String path) {
    HttpResponse<String> response = server.get(path, "Authorization", reader);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    look(one, outlet, response);
  }

  /** Pieces of a stream are looked at one by one and joined. */
  private void look(Numbered one, String outlet, HttpResponse<String> response) {
    asked.merge(outlet + " " + response.statusCode(), 1, Integer::sum);
    String body = response.body();
    String joined =
        body.replaceAll(
            "(?s)\"[},\\]]*\\s+(?:id: \\S+\\s+)?(?:event: \\S+\\s+)?data: .*?\"(?:text|content|delta)\":\"",
            "");
    for (Sample sample : one.samples()) {
      if (sample.isIn(body) || sample.isIn(joined)) {
        leaks.add(outlet + " shows " + sample.plain() + " in " + body);
      }
    }
  }

  /** Answers once there is something to answer from. */
  private static final class LateAnswerer implements Answerer {
    private volatile @Nullable Answerer quoting;
    private volatile @Nullable Answerer echoing;
    private volatile boolean echoes;

    @Override
    public void requirePlace(Scope scope) {}

    @Override
    public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
        throws InterruptedException {
      Answerer now = echoes ? echoing : quoting;
      if (now != null) {
        now.answer(question, scope, sink);
      }
    }
  }
}

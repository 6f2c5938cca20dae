package dev.zhiku.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.query.AnswerRuns;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests by askers with random rules over many documents, each with words of its own:
 * whatever is answered, the words, names and ids of documents that a plain reading of the rules
 * hides are not in it, and counts are those of the rest.
 */
class AccessLeakTest {
  private static final int REQUESTS_PER_RULES = 25;

  @Test
  void nothing_of_a_hidden_document_is_in_any_answer(@TempDir Path folder) throws Exception {
    run(folder, 300, 400);
  }

  @Tag("soak")
  @Test
  void nothing_of_a_hidden_document_is_in_any_of_twenty_thousand_answers(@TempDir Path folder)
      throws Exception {
    run(folder, 2_000, 20_000);
  }

  private static void run(Path folder, int documents, int requests) throws Exception {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    LateAnswerer answers = new LateAnswerer();
    try (AnswerRuns runs = new AnswerRuns(answers, InstantSource.system());
        TestServer server =
            TestServer.start(
                folder, new TestServer.Settings().host("192.168.1.20").keys(keys).runs(runs))) {
      answers.service = answering(server);
      server.lifecycle.serving();
      HiddenDocuments library = new HiddenDocuments(server, new Random(seed), documents);
      RandomRequests asked = new RandomRequests(server, library, new Random(seed + 1));
      for (int i = 0; i < requests; i++) {
        if (i % REQUESTS_PER_RULES == 0) {
          put(server, keys, "/groups", library.randomGroups());
          put(server, keys, "/access/rules", library.randomRules());
        }
        asked.next();
      }
      assertThat(asked.surprises()).as("seed %s", seed).isEmpty();
      assertThat(asked.hidden()).as("documents that were hidden and asked for").isPositive();
      assertThat(asked.shown()).as("documents that were shown").isPositive();
      server.index.requireNoOpenSnapshot();
    }
  }

  private static void put(TestServer server, AccessKeys keys, String path, String body) {
    HttpResponse<String> response =
        server.putJson(path, body, "Authorization", "Bearer " + keys.text(Role.ADMIN));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static AnswerService answering(TestServer server) {
    Semaphore cores = new Semaphore(2);
    return new AnswerService(
        new Retriever(server.index, Embedders.single(server.embedder), SearchConfig.DEFAULT, cores),
        new ExtractiveBackend(cores),
        new ExtractiveBackend(cores),
        new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)),
        SupportRule.NONE,
        4,
        StandingWarnings.NONE,
        AnswerMeter.NONE);
  }

  /** Answers once there is an index to answer from. */
  private static final class LateAnswerer implements Answerer {
    private volatile @Nullable Answerer service;

    @Override
    public void requirePlace(Scope scope) {}

    @Override
    public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
        throws InterruptedException {
      Answerer now = service;
      if (now != null) {
        now.answer(question, scope, sink);
      }
    }
  }
}

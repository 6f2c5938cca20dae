package dev.zhiku.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.query.AnswerRuns;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
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

  /**
   * Asks at random, with other rules after every few requests.
   *
   * @param documents that there are
   */
  static void run(Path folder, int documents, int requests) throws Exception {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    LibraryAnswers answers = new LibraryAnswers();
    try (KnowledgeIndex index =
            LuceneKnowledgeIndex.open(folder.resolve("index"), LuceneSettings.DEFAULT);
        AnswerRuns runs = new AnswerRuns(answers, InstantSource.system());
        TestServer server =
            TestServer.start(
                folder,
                new TestServer.Settings()
                    .host("192.168.1.20")
                    .keys(keys)
                    .index(index)
                    .runs(runs))) {
      answers.from(server);
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
}

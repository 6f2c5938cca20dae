package dev.zhiku.ingest.service;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.index.SearchRequest;
import dev.zhiku.index.embedding.HashingEmbedder;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Asks an index again and again while it changes. A question that fails, an answer that mixes two
 * versions of a file, and a file that is there in part are told as lines {@code violation}.
 */
final class SelfAsking {
  private static final int PAUSE_MILLIS = 50;
  private static final int ALL = 1_000;

  private final KnowledgeIndex index;
  private final PrintStream out;
  private final Random random = new Random();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong slowestMillis = new AtomicLong();

  private SelfAsking(KnowledgeIndex index, PrintStream out) {
    this.index = index;
    this.out = out;
  }

  static SelfAsking start(KnowledgeIndex index, PrintStream out) {
    SelfAsking asking = new SelfAsking(index, out);
    Thread.ofPlatform().name("self-asking").daemon().start(asking::askAgainAndAgain);
    return asking;
  }

  long asked() {
    return asked.get();
  }

  long slowestMillis() {
    return slowestMillis.get();
  }

  private void askAgainAndAgain() {
    try (HashingEmbedder embedder = new HashingEmbedder()) {
      while (true) {
        long start = System.nanoTime();
        ask(embedder);
        slowestMillis.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
        asked.incrementAndGet();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      out.println("violation\ta question failed: " + e);
    }
  }

  private void ask(HashingEmbedder embedder) throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot();
        Stream<DocumentMeta> all = snapshot.documents()) {
      List<DocumentMeta> documents = all.toList();
      if (documents.isEmpty()) {
        return;
      }
      DocumentMeta document = documents.get(random.nextInt(documents.size()));
      List<Passage> passages = snapshot.passages(document.id(), 0, ALL);
      FolderOracle.violation(passages.stream().map(Passage::text).toList())
          .ifPresent(what -> out.println("violation\t" + document.path() + ": " + what));
      assertOneVersionEach(snapshot, embedder, passages.get(0).text());
    }
  }

  private void assertOneVersionEach(
      KnowledgeIndex.Snapshot snapshot, HashingEmbedder embedder, String question)
      throws InterruptedException {
    var found =
        snapshot.candidates(
            new SearchRequest(
                question,
                Map.of(embedder.id(), embedder.embedQuery(question)),
                new Filter.All(),
                50));
    Map<DocumentId, String> words = new HashMap<>();
    List<Passage> passages =
        snapshot.load(found.words().stream().limit(50).map(Hit::passage).toList());
    for (Passage passage : passages) {
      String word = FolderOracle.word(passage.text());
      String other = words.putIfAbsent(passage.id().document(), word);
      if (other != null && !other.equals(word)) {
        out.println("violation\tone answer says " + word + " and " + other);
      }
    }
  }
}

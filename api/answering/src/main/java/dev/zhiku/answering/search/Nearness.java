package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionFrame;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Nearness of sentences to a question in meaning. Thread-safe; a call waits for a free core. */
final class Nearness {
  private final Embedders embedders;
  private final Semaphore cores;
  private final SentenceVectors compared = new SentenceVectors();

  Nearness(Embedders embedders, Semaphore cores) {
    this.embedders = embedders;
    this.cores = cores;
  }

  /** The cosine of each sentence that was compared, see {@link Retriever#nearness}. */
  Map<String, Double> of(String question, String reworded, List<String> sentences)
      throws InterruptedException {
    Embedder embedder = embedders.forPassage(question);
    List<String> own =
        sentences.stream().filter(text -> embedders.forPassage(text).equals(embedder)).toList();
    if (own.isEmpty() || !embedder.cosinesAreKnown()) {
      return Map.of();
    }
    cores.acquire();
    try {
      Map<String, Double> cosines = new HashMap<>();
      for (String wording : wordings(question, reworded)) {
        Embedding asked = embedder.embedQuery(wording);
        compared
            .of(own, embedder)
            .forEach((text, vector) -> cosines.merge(text, asked.cosine(vector), Math::max));
      }
      return cosines;
    } finally {
      cores.release();
    }
  }

  private static Set<String> wordings(String question, String reworded) {
    Set<String> wordings = new HashSet<>();
    wordings.add(QuestionFrame.without(question));
    wordings.add(QuestionFrame.without(reworded));
    return wordings;
  }
}

package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionFrame;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * Cosines of sentences with a question or a statement, by the model of its language. Sentences in
 * another language are left out, and so are all where what a cosine says is not known of that
 * model. Thread-safe; a call waits for a free core.
 */
final class SentenceCosines {
  private final Embedders embedders;
  private final Semaphore cores;
  private final SentenceVectors vectors = new SentenceVectors();

  SentenceCosines(Embedders embedders, Semaphore cores) {
    this.embedders = embedders;
    this.cores = cores;
  }

  /** Embeddings of what sentences are compared with. */
  @FunctionalInterface
  private interface Asked {
    List<Embedding> by(Embedder embedder) throws InterruptedException;
  }

  /** With the nearer of two wordings of a question. */
  Map<String, Double> toQuestion(String question, String reworded, List<String> sentences)
      throws InterruptedException {
    return nearest(
        question,
        sentences,
        embedder -> {
          List<Embedding> asked = new ArrayList<>();
          for (String wording : wordings(question, reworded)) {
            asked.add(embedder.embedQuery(wording));
          }
          return asked;
        });
  }

  /** With a statement, which is embedded as they are. */
  Map<String, Double> toStatement(String statement, List<String> sentences)
      throws InterruptedException {
    return nearest(
        statement,
        sentences,
        embedder -> List.copyOf(vectors.of(List.of(statement), embedder).values()));
  }

  private Map<String, Double> nearest(String text, List<String> sentences, Asked asked)
      throws InterruptedException {
    Embedder embedder = embedders.forPassage(text);
    List<String> own = comparable(sentences, embedder);
    if (own.isEmpty()) {
      return Map.of();
    }
    cores.acquire();
    try {
      Map<String, Double> cosines = new HashMap<>();
      Map<String, Embedding> compared = vectors.of(own, embedder);
      for (Embedding one : asked.by(embedder)) {
        compared.forEach((said, vector) -> cosines.merge(said, one.cosine(vector), Math::max));
      }
      return cosines;
    } finally {
      cores.release();
    }
  }

  private List<String> comparable(List<String> sentences, Embedder embedder) {
    return embedder.cosinesAreKnown()
        ? sentences.stream().filter(text -> embedders.forPassage(text).equals(embedder)).toList()
        : List.of();
  }

  private static Set<String> wordings(String question, String reworded) {
    Set<String> wordings = new TreeSet<>();
    wordings.add(QuestionFrame.without(question));
    wordings.add(QuestionFrame.without(reworded));
    return wordings;
  }
}

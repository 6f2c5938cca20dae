package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionFrame;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
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

  /** With the nearer of two wordings of a question. */
  Map<String, Double> toQuestion(String question, String reworded, List<String> sentences)
      throws InterruptedException {
    Embedder embedder = embedders.forPassage(question);
    List<String> own = comparable(sentences, embedder);
    if (own.isEmpty()) {
      return Map.of();
    }
    cores.acquire();
    try {
      Map<String, Double> cosines = new HashMap<>();
      for (String wording : wordings(question, reworded)) {
        add(embedder.embedQuery(wording), vectors.of(own, embedder), cosines);
      }
      return cosines;
    } finally {
      cores.release();
    }
  }

  /** With a statement, which is embedded as they are. */
  Map<String, Double> toStatement(String statement, List<String> sentences)
      throws InterruptedException {
    Embedder embedder = embedders.forPassage(statement);
    List<String> own = comparable(sentences, embedder);
    if (own.isEmpty()) {
      return Map.of();
    }
    cores.acquire();
    try {
      Map<String, Double> cosines = new HashMap<>();
      for (Embedding said : vectors.of(List.of(statement), embedder).values()) {
        add(said, vectors.of(own, embedder), cosines);
      }
      return cosines;
    } finally {
      cores.release();
    }
  }

  private static void add(
      Embedding with, Map<String, Embedding> vectors, Map<String, Double> cosines) {
    vectors.forEach((text, vector) -> cosines.merge(text, with.cosine(vector), Math::max));
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

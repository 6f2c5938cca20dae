package dev.zhiku.answering.search;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vectors of the sentences that were compared last, so that a sentence is embedded once however
 * often it is asked about. Exact: the same text has the same vector. Thread-safe.
 */
final class SentenceVectors {
  /** Sentences kept; at 512 dimensions some 8 MB. */
  private static final int KEPT = 4_096;

  private record Key(Embedder embedder, String sentence) {}

  private final Map<Key, Embedding> vectors =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Embedding> eldest) {
          return size() > KEPT;
        }
      };

  /** One for each of the sentences, at most {@link Embedder#MAX_TEXTS}. */
  Map<String, Embedding> of(List<String> sentences, Embedder embedder) throws InterruptedException {
    Map<String, Embedding> found = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    synchronized (vectors) {
      for (String sentence : sentences) {
        Embedding vector = vectors.get(new Key(embedder, sentence));
        if (vector != null) {
          found.put(sentence, vector);
        } else if (!unknown.contains(sentence)) {
          unknown.add(sentence);
        }
      }
    }
    if (!unknown.isEmpty()) {
      List<Embedding> made = embedder.embedPassages(unknown);
      synchronized (vectors) {
        for (int i = 0; i < unknown.size(); i++) {
          found.put(unknown.get(i), made.get(i));
          vectors.put(new Key(embedder, unknown.get(i)), made.get(i));
        }
      }
    }
    return found;
  }
}

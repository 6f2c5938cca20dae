package dev.zhiku.server.embedding;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.message.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The embedding models by the names that clients give them. Thread-safe; closes none of them. */
public final class EmbeddingModels {
  private static final String OURS = "zhiku";

  /** Name of the first model, which also answers to names of other services. */
  public static final String DEFAULT = OURS + "-embedding";

  private final Map<String, Embedder> byName = new LinkedHashMap<>();

  public EmbeddingModels(Embedders embedders) {
    embedders.all().forEach(embedder -> byName.putIfAbsent(embedder.id().model(), embedder));
  }

  /** The names of the models themselves, the first of which is the default. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * The model that answers where a client names this one: texts that are to be compared need the
   * same model, so a name that is not known always means the first. One that begins like ours is
   * held to what there is.
   *
   * @throws Problem {@code model-not-found}, naming those that there are
   */
  public Embedder answering(String name) {
    Embedder known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (name.startsWith(OURS) && !name.equals(DEFAULT)) {
      List<String> all = new ArrayList<>(names());
      all.addFirst(DEFAULT);
      throw new Problem(ProblemCode.MODEL_NOT_FOUND, name, Phrase.verbatim(String.join(", ", all)));
    }
    return byName.values().iterator().next();
  }
}

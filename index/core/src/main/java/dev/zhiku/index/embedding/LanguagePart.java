package dev.zhiku.index.embedding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a model of several languages does for the passages of one, under an id of its own. Such
 * models find texts of the same language nearer to each other than texts of the same meaning: in
 * one list with the passages of the question's language those of the other would come last. With
 * two ids there are two lists, each ranked by itself. Closing one part closes the model.
 */
final class LanguagePart implements Embedder {
  private final EmbedderId id;
  private final Shared shared;

  private LanguagePart(EmbedderId id, Shared shared) {
    this.id = id;
    this.shared = shared;
  }

  /** The model of all parts, and the question before: each part is asked for the same one. */
  static final class Shared {
    private final Embedder model;
    private final AtomicReference<@Nullable Asked> last = new AtomicReference<>();

    Shared(Embedder model) {
      this.model = model;
    }

    private record Asked(String question, Embedding vector) {}

    LanguagePart of(Language language) {
      EmbedderId whole = model.id();
      String revision = whole.revision() + "-" + language.name().toLowerCase(Locale.ROOT);
      return new LanguagePart(new EmbedderId(whole.model(), revision, whole.dimension()), this);
    }

    private Embedding embedQuery(String question) throws InterruptedException {
      Asked before = last.get();
      if (before != null && before.question.equals(question) && model.away().isEmpty()) {
        return before.vector;
      }
      Embedding vector = model.embedQuery(question);
      last.set(new Asked(question, vector));
      return vector;
    }
  }

  @Override
  public EmbedderId id() {
    return id;
  }

  @Override
  public boolean knowsOtherLanguages() {
    return true;
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    return shared.model.embedPassages(texts);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return shared.embedQuery(question);
  }

  @Override
  public int countTokens(String text) {
    return shared.model.countTokens(text);
  }

  @Override
  public int maxTokens() {
    return shared.model.maxTokens();
  }

  @Override
  public Optional<EmbedderAwayException> away() {
    return shared.model.away();
  }

  @Override
  public boolean computesHere() {
    return shared.model.computesHere();
  }

  @Override
  public boolean cosinesAreKnown() {
    return shared.model.cosinesAreKnown();
  }

  @Override
  public void close() {
    shared.model.close();
  }
}

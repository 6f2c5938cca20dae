package dev.zhiku.index.embedding;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The embedder of each language. Closing it closes them. */
public final class Embedders implements AutoCloseable {
  private final Map<Language, Embedder> byLanguage;

  /**
   * @throws IllegalArgumentException unless every language has one
   */
  public Embedders(Map<Language, Embedder> byLanguage) {
    this.byLanguage = new EnumMap<>(byLanguage);
    if (this.byLanguage.size() != Language.values().length) {
      throw new IllegalArgumentException("every language needs an embedder, got " + byLanguage);
    }
  }

  /** One embedder for every language. */
  public static Embedders single(Embedder embedder) {
    return new Embedders(Map.of(Language.CHINESE, embedder, Language.ENGLISH, embedder));
  }

  /** Who embeds a passage with this text. */
  public Embedder forPassage(String text) {
    return Objects.requireNonNull(byLanguage.get(Language.of(text)));
  }

  /** Each embedder once. */
  public Collection<Embedder> all() {
    return byLanguage.values().stream().distinct().toList();
  }

  public Optional<Embedder> byId(EmbedderId id) {
    return all().stream().filter(e -> e.id().equals(id)).findFirst();
  }

  @Override
  public void close() {
    all().forEach(Embedder::close);
  }
}

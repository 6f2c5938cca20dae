package dev.zhiku.index.embedding;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedder of each language, and earlier ones that only answer from what they embedded before.
 * Closing it closes them.
 */
public final class Embedders implements AutoCloseable {
  private final Map<Language, Embedder> byLanguage;
  private final List<Embedder> earlier;

  /**
   * @throws IllegalArgumentException unless every language has one
   */
  public Embedders(Map<Language, Embedder> byLanguage) {
    this(byLanguage, List.of());
  }

  private Embedders(Map<Language, Embedder> byLanguage, List<Embedder> earlier) {
    this.byLanguage = new EnumMap<>(byLanguage);
    this.earlier = List.copyOf(earlier);
    if (this.byLanguage.size() != Language.values().length) {
      throw new IllegalArgumentException("every language needs an embedder, got " + byLanguage);
    }
  }

  /** One embedder for every language. */
  public static Embedders single(Embedder embedder) {
    return new Embedders(Map.of(Language.CHINESE, embedder, Language.ENGLISH, embedder));
  }

  /**
   * One embedder that knows every language, with a list of vectors for each: a passage is found by
   * a question in another language too.
   */
  public static Embedders multilingual(Embedder embedder) {
    LanguagePart.Shared shared = new LanguagePart.Shared(embedder);
    return new Embedders(
        Arrays.stream(Language.values())
            .collect(Collectors.toMap(Function.identity(), shared::of)));
  }

  /** These, and others for questions to passages that those have embedded. */
  public Embedders after(Embedders before) {
    return new Embedders(byLanguage, List.copyOf(before.all()));
  }

  /** The embedder for a passage with this text. */
  public Embedder forPassage(String text) {
    return Objects.requireNonNull(byLanguage.get(Language.of(text)));
  }

  /** Each embedder of passages once. */
  public Collection<Embedder> all() {
    return byLanguage.values().stream().distinct().toList();
  }

  /** The embedder of questions for passages with vectors of this embedder. */
  public Optional<Embedder> byId(EmbedderId id) {
    return Stream.concat(all().stream(), earlier.stream())
        .filter(e -> e.id().equals(id))
        .findFirst();
  }

  /** Reason that passages cannot be embedded now; empty where they can. Never waits. */
  public Optional<EmbedderAwayException> away() {
    return all().stream().flatMap(embedder -> embedder.away().stream()).findFirst();
  }

  @Override
  public void close() {
    all().forEach(Embedder::close);
    earlier.forEach(Embedder::close);
  }
}

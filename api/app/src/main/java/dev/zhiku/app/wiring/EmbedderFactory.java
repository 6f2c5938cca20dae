package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.doctor.AppText;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.EmbeddingConfig.Backend;
import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.ollama.OllamaEmbedder;
import dev.zhiku.generators.openai.OpenAiEmbedder;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.onnx.BundledModels;
import dev.zhiku.index.onnx.ModelFolder;
import dev.zhiku.index.onnx.Pooling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configured embedder, and the one before it while an index still has its vectors.
 *
 * @param nativeCode directory for the libraries of the models in the program
 * @param allowedHosts model servers that are not near
 * @param memory file that keeps what Ollama said of its model
 */
record EmbedderFactory(
    EmbeddingConfig config, List<String> allowedHosts, Path nativeCode, Path memory) {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final Logger LOG = LoggerFactory.getLogger(EmbedderFactory.class);

  /** As configured, with its files in the data folder. */
  static EmbedderFactory of(ZhikuConfig config, DataFolder data) {
    return new EmbedderFactory(
        config.embedding(),
        config.generator().allowedHosts(),
        data.folder("native"),
        data.root().resolve("embedder.properties"));
  }

  /**
   * @throws CannotStart if nobody can tell what vectors a model server would give, or the folder of
   *     a model cannot be used
   */
  Embedders open() {
    try {
      return open(config.backend());
    } catch (EmbedderAwayException e) {
      throw new CannotStart(
          CannotStart.Code.EMBEDDER_AWAY,
          "zhiku.embedding.backend is "
              + config.backend().name().toLowerCase(Locale.ROOT)
              + ", and "
              + e.what().english());
    } catch (EmbeddingException e) {
      if (config.backend() == Backend.ONNX_FOLDER) {
        throw new CannotStart(
            CannotStart.Code.BAD_CONFIGURATION, "zhiku.embedding.onnx-folder: " + e.getMessage());
      }
      throw e;
    }
  }

  private Embedders open(Backend backend) {
    return switch (backend) {
      case ONNX -> BundledModels.open(nativeCode);
      case ONNX_FOLDER -> withBundled(folder(), config.onnxFolder().languages());
      case OLLAMA -> Embedders.single(ollama());
      case OPENAI -> withBundled(openAi(), config.openai().languages());
      case HASHING -> Embedders.single(new HashingEmbedder());
    };
  }

  private Embedder folder() {
    EmbeddingConfig.Folder own = config.onnxFolder();
    return new ModelFolder(
            own.path().orElseThrow(),
            Pooling.valueOf(own.pooling().name()),
            own.queryPrefix().orElse(""),
            own.passagePrefix().orElse(""),
            own.dimension() == 0 ? OptionalInt.empty() : OptionalInt.of(own.dimension()),
            own.maxTokens())
        .open(nativeCode, CORES);
  }

  /** One embedder for these languages, the models in the program for the others. */
  private Embedders withBundled(Embedder own, List<Language> languages) {
    Set<Language> others = EnumSet.allOf(Language.class);
    languages.forEach(others::remove);
    if (others.isEmpty()) {
      return Embedders.multilingual(own);
    }
    Map<Language, Embedder> all = new EnumMap<>(Language.class);
    try {
      all.putAll(BundledModels.open(nativeCode, CORES, others));
    } finally {
      if (all.isEmpty()) {
        own.close();
      }
    }
    languages.forEach(language -> all.put(language, own));
    return new Embedders(all);
  }

  private Embedder openAi() {
    EmbeddingConfig.OpenAi server = config.openai();
    Optional<String> key =
        server
            .apiKeyFile()
            .map(file -> GeneratorFactory.key("zhiku.embedding.openai.api-key-file", file));
    try {
      return OpenAiEmbedder.open(
          server,
          key,
          OutboundClients.toModelServer(allowedHosts, Egress.Purpose.EMBEDDING),
          openAiMemory());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbedderAwayException(AppText.of("start.interrupted"), e);
    }
  }

  /** Beside the one of Ollama, so that the way back is known too. */
  private Path openAiMemory() {
    return memory.resolveSibling("openai-" + memory.getFileName());
  }

  private Embedder ollama() {
    try {
      return OllamaEmbedder.open(
          config.ollama(),
          () -> OutboundClients.toModelServer(allowedHosts, Egress.Purpose.EMBEDDING),
          memory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbedderAwayException(AppText.of("start.interrupted"), e);
    }
  }

  /**
   * The same embedders, and the ones before for questions, as long as the index has their vectors:
   * the old generation answers until the new one is complete.
   *
   * @param answering what questions are answered from
   */
  Embedders withEarlier(Embedders now, KnowledgeIndex answering) throws InterruptedException {
    Set<EmbedderId> stored;
    try (KnowledgeIndex.Snapshot snapshot = answering.snapshot()) {
      stored = snapshot.stats().embedders();
    }
    if (stored.stream().allMatch(id -> now.byId(id).isPresent())) {
      return now;
    }
    for (Backend backend : Backend.values()) {
      Optional<Embedders> before =
          backend == config.backend() ? Optional.empty() : askedBefore(backend);
      if (before.isPresent() && stored.stream().anyMatch(id -> before.get().byId(id).isPresent())) {
        return now.after(before.get());
      }
      before.ifPresent(Embedders::close);
    }
    return now;
  }

  /** Those of another backend, as far as its settings still say what they were. */
  private Optional<Embedders> askedBefore(Backend backend) {
    boolean known =
        switch (backend) {
          case ONNX -> true;
          case ONNX_FOLDER -> config.onnxFolder().path().isPresent();
          case OLLAMA -> Files.exists(memory);
          case OPENAI -> config.openai().model().isPresent() && Files.exists(openAiMemory());
          case HASHING -> false;
        };
    try {
      return known ? Optional.of(open(backend)) : Optional.empty();
    } catch (EmbeddingException e) {
      LOG.info(
          "A model that may have given the vectors so far cannot be asked: {}", e.getMessage());
      return Optional.empty();
    }
  }
}

package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.doctor.AppText;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.EmbeddingConfig.Backend;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.ollama.OllamaEmbedder;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.onnx.BundledModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configured embedder, and the one before it while an index still has its vectors.
 *
 * @param nativeCode directory for the libraries of the models in the program
 * @param allowedHosts model servers that are not near
 * @param memory file that keeps what a model server said of its model
 */
record EmbedderFactory(
    EmbeddingConfig config, List<String> allowedHosts, Path nativeCode, Path memory) {
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
   * @throws CannotStart if nobody can tell what vectors a model server would give
   */
  Embedders open() {
    try {
      return open(config.backend());
    } catch (EmbedderAwayException e) {
      throw new CannotStart(
          CannotStart.Code.EMBEDDER_AWAY,
          "zhiku.embedding.backend is ollama, and " + e.what().english());
    }
  }

  private Embedders open(Backend backend) {
    return switch (backend) {
      case ONNX -> BundledModels.open(nativeCode);
      case OLLAMA -> Embedders.single(ollama());
      case HASHING -> Embedders.single(new HashingEmbedder());
    };
  }

  private OllamaEmbedder ollama() {
    try {
      return OllamaEmbedder.open(
          config.ollama(), () -> OutboundClients.toModelServer(allowedHosts), memory);
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
    Optional<Embedders> before = before();
    if (before.isEmpty()) {
      return now;
    }
    if (stored.stream().noneMatch(id -> before.get().byId(id).isPresent())) {
      before.get().close();
      return now;
    }
    return now.after(before.get());
  }

  private Optional<Embedders> before() {
    return switch (config.backend()) {
      case OLLAMA -> Optional.of(open(Backend.ONNX));
      case ONNX, HASHING -> Files.exists(memory) ? askedBefore() : Optional.empty();
    };
  }

  private Optional<Embedders> askedBefore() {
    try {
      return Optional.of(open(Backend.OLLAMA));
    } catch (EmbedderAwayException e) {
      LOG.info("The model that gave the vectors so far is away: {}", e.what().english());
      return Optional.empty();
    }
  }
}

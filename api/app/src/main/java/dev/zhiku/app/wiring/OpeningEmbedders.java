package dev.zhiku.app.wiring;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedders, opened in the background while the stores open. Thread-safe. */
final class OpeningEmbedders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningEmbedders.class);

  private final EmbedderFactory opening;
  private final CompletableFuture<Embedders> current;
  private Optional<Embedders> all = Optional.empty();

  private OpeningEmbedders(EmbedderFactory opening) {
    this.opening = opening;
    this.current = CompletableFuture.supplyAsync(opening::open);
  }

  static OpeningEmbedders begin(EmbedderFactory opening) {
    return new OpeningEmbedders(opening);
  }

  /**
   * Waits until they are open.
   *
   * @param answering what questions are answered from, perhaps with vectors of earlier embedders
   * @throws CannotStart if they cannot be opened
   */
  synchronized Embedders await(KnowledgeIndex answering) throws InterruptedException {
    if (all.isEmpty()) {
      all = Optional.of(opening.withEarlier(opened(), answering));
    }
    return all.get();
  }

  private Embedders opened() {
    try {
      return current.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CannotStart known ? known : e;
    }
  }

  /** Waits until they are open, and closes them. */
  @Override
  public synchronized void close() {
    all.or(this::openedAfterAll).ifPresent(Embedders::close);
  }

  /** Empty if they could not be opened, which only matters to those who need them. */
  private Optional<Embedders> openedAfterAll() {
    try {
      return Optional.of(current.join());
    } catch (CompletionException e) {
      LOG.debug("There are no embedders to close: {}", e.toString());
      return Optional.empty();
    }
  }
}

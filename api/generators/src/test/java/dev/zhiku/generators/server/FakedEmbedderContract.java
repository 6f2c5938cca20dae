package dev.zhiku.generators.server;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.testing.EmbedderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** Contract of every embedder, for one behind a server that does as a script says. */
public abstract class FakedEmbedderContract extends EmbedderContract {
  @TempDir private static Path folder;
  private final FakeModelServer server;

  protected FakedEmbedderContract(FakeModelServer.Script script) {
    try {
      this.server = FakeModelServer.start(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The embedder.
   *
   * @param memory a file for what it keeps of the model
   */
  protected abstract Embedder open(URI server, Path memory) throws Exception;

  @Override
  protected final Embedder open() throws Exception {
    return open(server.uri(), folder.resolve("embedder.properties"));
  }

  @AfterAll
  void stop() {
    server.close();
  }
}

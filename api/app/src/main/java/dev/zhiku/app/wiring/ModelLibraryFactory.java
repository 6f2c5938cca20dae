package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.egress.Download;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.library.GgufFolder;
import dev.zhiku.generators.library.GgufStore;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.generators.library.ModelSpace;
import dev.zhiku.generators.ollama.OllamaLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Makes what administrators reach models through. */
final class ModelLibraryFactory {
  /** Longest silence of a hub, after which the download goes on with a new connection. */
  private static final Duration HUB_IDLE = Duration.ofSeconds(30);

  private static final int HUB_RESUMES = 20;

  private ModelLibraryFactory() {}

  static ModelLibrary open(ZhikuConfig config, GeneratorSwitch generator) {
    GgufFolder folder = new GgufFolder(config.data());
    ModelSpace space = new ModelSpace(() -> free(config.data()), config.ingest().keepFreeBytes());
    return new ModelLibrary(
        folder,
        new GgufStore(
            folder,
            space,
            new Download(HUB_IDLE, config.generator().downloadHosts()),
            Map.of(),
            HUB_RESUMES),
        new OllamaLibrary(
            () -> generator.now().ollama().baseUrl(),
            () -> OutboundClients.toModelServer(config.generator().allowedHosts())),
        generator);
  }

  private static long free(Path data) {
    try {
      return Files.getFileStore(data).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("the free space of " + data + " is not known", e);
    }
  }
}

package dev.zhiku.generators.library;

import dev.zhiku.generators.egress.Download;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Libraries of models for tests, with room for any model. */
public final class TestModels {
  private TestModels() {}

  /** One without a server's models, with the extractive generator for good. */
  public static ModelLibrary in(Path data) {
    return in(data, new FakeServerLibrary(), new OnlyExtractive());
  }

  public static ModelLibrary in(Path data, ServerLibrary server, GeneratorSelector generator) {
    GgufFolder folder = new GgufFolder(data);
    return new ModelLibrary(
        folder,
        new GgufStore(
            folder,
            new ModelSpace(() -> 1L << 40, 0),
            new Download(Duration.ofMinutes(2), List.of("127.0.0.1")),
            Map.of(),
            0),
        server,
        generator);
  }
}

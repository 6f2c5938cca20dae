package dev.zhiku.server.sources;

import dev.zhiku.ingest.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;

class FakeSourceControlTest extends SourceControlContract {
  @Override
  protected SourceControl sources() throws IOException {
    FakeSourceControl sources = new FakeSourceControl(home.resolve("data"));
    sources.put(
        SourceConfig.of(CONFIGURED, Files.createDirectories(home.resolve("own"))),
        SourceControl.Origin.CONFIGURATION,
        false);
    return sources;
  }
}

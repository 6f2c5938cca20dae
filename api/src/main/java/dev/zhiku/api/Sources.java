package dev.zhiku.api;

import dev.zhiku.api.config.ZhikuConfig;
import dev.zhiku.api.start.CannotStart;
import dev.zhiku.api.start.CannotStart.Code;
import dev.zhiku.ingest.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders that are answered from, as the configuration and the installation say. */
final class Sources {
  private static final String KNOWLEDGE = "knowledge";
  private static final String SAMPLES = "samples";

  private Sources() {}

  /**
   * The folder, the listed sources, and the samples where the installation has some.
   *
   * @throws CannotStart if they do not fit together or the folder cannot be made
   */
  static List<SourceConfig> of(ZhikuConfig config) {
    List<SourceConfig> sources = new ArrayList<>();
    try {
      config
          .folder()
          .map(Sources::made)
          .map(f -> SourceConfig.of(KNOWLEDGE, f))
          .ifPresent(sources::add);
      config.sources().forEach(source -> sources.add(listed(source)));
      if (config.samples().enabled()) {
        samples().ifPresent(sources::add);
      }
      SourceConfig.checkTogether(sources);
      return sources;
    } catch (IllegalArgumentException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, "zhiku.sources: " + e.getMessage());
    }
  }

  private static SourceConfig listed(ZhikuConfig.Source source) {
    return new SourceConfig(
        source.name(),
        source.path(),
        source.readOnly().orElse(false),
        source.include(),
        source.exclude(),
        source.scan().orElse(SourceConfig.DEFAULT_SCAN),
        false);
  }

  /** The launcher says where the installation is. */
  private static Optional<SourceConfig> samples() {
    return Optional.ofNullable(System.getProperty("zhiku.home"))
        .map(home -> Path.of(home, "samples", "corpus"))
        .filter(Files::isDirectory)
        .map(corpus -> SourceConfig.of(SAMPLES, corpus).asSample());
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "The folder "
              + folder
              + " cannot be made: "
              + e
              + "\nChoose another with --folder, or give this account the right to make it.");
    }
  }
}

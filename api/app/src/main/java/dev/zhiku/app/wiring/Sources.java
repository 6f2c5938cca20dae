package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
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
      SourceConfig.checkTogether(sources);
      sources.forEach(source -> checkApart(source, config.data()));
      if (config.samples().enabled()) {
        samples().filter(samples -> isApart(samples, sources)).ifPresent(sources::add);
      }
      return sources;
    } catch (IllegalArgumentException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, "zhiku.sources: " + e.getMessage());
    }
  }

  /** A source around the data folder would show the index, the trash and the keys to everybody. */
  private static void checkApart(SourceConfig source, Path data) {
    if (overlap(source.path(), data)) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "The source "
              + source.name()
              + " ("
              + source.path()
              + ") and the data folder ("
              + data
              + ") lie inside one another: the service would index its own files.\n"
              + "Choose another data folder with --data, or another source.");
    }
  }

  private static boolean isApart(SourceConfig samples, List<SourceConfig> own) {
    return own.stream().noneMatch(source -> overlap(samples.path(), source.path()));
  }

  private static boolean overlap(Path one, Path other) {
    Path first = real(one);
    Path second = real(other);
    return first.startsWith(second) || second.startsWith(first);
  }

  /** Follows the links on the way to a folder that may not be there yet. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
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

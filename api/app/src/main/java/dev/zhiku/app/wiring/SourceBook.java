package dev.zhiku.app.wiring;

import dev.zhiku.app.config.SourcesFile;
import dev.zhiku.app.config.SourcesFile.Content;
import dev.zhiku.app.config.SourcesFile.Samples;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.server.sources.SourceControl.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources of the configuration together with what administrators said since. What is written
 * here is durable before it is seen. Thread-safe.
 */
final class SourceBook {
  private final Path data;
  private final List<SourceConfig> configured;
  private final Optional<SourceConfig> samples;
  private final SourcesFile file;
  private volatile Content content;

  private SourceBook(
      Path data, List<SourceConfig> configured, Optional<SourceConfig> samples, SourcesFile file) {
    this.data = data;
    this.configured = configured;
    this.samples = samples;
    this.file = file;
    this.content = file.read();
  }

  /**
   * Reads what was said before.
   *
   * @throws CannotStart if an added source does not fit to the configuration any more
   */
  static SourceBook open(ZhikuConfig config, Path data) {
    List<SourceConfig> all = Sources.of(config);
    SourceBook book =
        new SourceBook(
            data,
            all.stream().filter(source -> !source.sample()).toList(),
            all.stream().filter(SourceConfig::sample).findFirst(),
            new SourcesFile(data));
    try {
      SourceConfig.checkTogether(book.watched());
    } catch (IllegalArgumentException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          e.getMessage()
              + "\nOne of them was added while the service ran: take it out of "
              + data.resolve(SourcesFile.FILE_NAME)
              + ", or the other out of the configuration.");
    }
    return book;
  }

  /** The sources that are watched or held, in order; the samples last. */
  List<SourceConfig> watched() {
    Content now = content;
    List<SourceConfig> all = new ArrayList<>(configured);
    all.addAll(now.added());
    samples
        .filter(source -> now.samples() != Samples.GONE)
        .filter(source -> !added().contains(source.name()))
        .map(source -> now.samples() == Samples.KEPT ? kept(source) : source)
        .ifPresent(all::add);
    return all;
  }

  /** The samples as a source that no file of the user switches off. */
  static SourceConfig kept(SourceConfig samples) {
    return new SourceConfig(
        samples.name(),
        samples.path(),
        true,
        samples.include(),
        samples.exclude(),
        samples.scanInterval(),
        false);
  }

  /** The samples of the installation, whether they are watched or not. */
  Optional<SourceConfig> samples() {
    return samples;
  }

  Path data() {
    return data;
  }

  Content content() {
    return content;
  }

  /** Names of the sources that were added while the service ran. */
  Set<String> added() {
    return content.added().stream().map(SourceConfig::name).collect(Collectors.toSet());
  }

  Optional<Origin> origin(String name) {
    if (added().contains(name)) {
      return Optional.of(Origin.ADDED);
    }
    if (samples.filter(source -> source.name().equals(name)).isPresent()) {
      return Optional.of(Origin.SAMPLES);
    }
    return configured.stream().anyMatch(source -> source.name().equals(name))
        ? Optional.of(Origin.CONFIGURATION)
        : Optional.empty();
  }

  /**
   * @throws java.io.UncheckedIOException if it cannot be written; everything is as before
   */
  synchronized void write(Content next) {
    file.write(next);
    content = next;
  }
}

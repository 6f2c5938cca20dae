package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.SourceRecord;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What cannot be found out again when the catalogue is lost: whether an administrator paused the
 * ingest, which folder a source was and whether it is held, confirmed or switched off. Kept in a
 * small file beside the catalogue, written before the catalogue says so. Thread-safe.
 */
@Singleton
final class Decisions {
  private final DecisionsFile file;
  private DecisionsFile.Content content;

  Decisions(@Property(name = CatalogDatabase.DIRECTORY) String directory) {
    this.file = new DecisionsFile(Path.of(directory));
    this.content = file.read();
  }

  synchronized void pause(boolean paused) {
    keep(new DecisionsFile.Content(paused, content.sources()));
  }

  /** Nothing is written while only what every scan finds out has changed. */
  synchronized void remember(SourceRecord source) {
    Map<String, SourceRecord> sources = new LinkedHashMap<>(content.sources());
    sources.put(source.name(), DecisionsFile.kept(source));
    keep(new DecisionsFile.Content(content.paused(), sources));
  }

  synchronized void confirm(String name) {
    SourceRecord source = content.sources().get(name);
    if (source != null) {
      remember(source.confirm());
    }
  }

  /** Sources that are not configured any more are forgotten. */
  synchronized void retain(Set<String> names) {
    Map<String, SourceRecord> sources = new LinkedHashMap<>(content.sources());
    sources.keySet().retainAll(names);
    keep(new DecisionsFile.Content(content.paused(), sources));
  }

  synchronized void forget(String name) {
    Map<String, SourceRecord> sources = new LinkedHashMap<>(content.sources());
    sources.remove(name);
    keep(new DecisionsFile.Content(content.paused(), sources));
  }

  private void keep(DecisionsFile.Content next) {
    if (!next.equals(content)) {
      file.write(next);
      content = next;
    }
  }
}

package dev.zhiku.ingest.service;

import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.pipeline.SourceDocument;
import dev.zhiku.ingest.source.IndexEffects;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.work.ClaimSources;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders of the configured sources, in their order. Closes them. Thread-safe. */
final class SourceFolders implements ClaimSources, AutoCloseable {
  private final Map<String, SourceFolder> folders;

  SourceFolders(
      List<SourceConfig> sources,
      SourceTiming timing,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock) {
    Map<String, SourceFolder> made = new LinkedHashMap<>();
    for (SourceConfig source : sources) {
      made.put(source.name(), new SourceFolder(source, timing, ledger, effects, clock));
    }
    this.folders = Collections.unmodifiableMap(made);
  }

  Map<String, SourceFolder> byName() {
    return folders;
  }

  Collection<SourceFolder> all() {
    return folders.values();
  }

  Optional<SourceFolder> find(String source) {
    return Optional.ofNullable(folders.get(source));
  }

  @Override
  public Optional<SourceDocument> document(Claim claim) {
    return find(claim.source())
        .map(folder -> new SourceDocument(claim.id(), claim.source(), claim.path(), folder.root()));
  }

  @Override
  public boolean isAway(String source) {
    return find(source).map(SourceFolder::isAway).orElse(true);
  }

  @Override
  public void close() {
    folders.values().forEach(SourceFolder::close);
  }
}

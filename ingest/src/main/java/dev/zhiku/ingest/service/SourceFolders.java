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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders of the sources, in their order; closes them. Thread-safe. */
final class SourceFolders implements ClaimSources, AutoCloseable {
  private final SourceTiming timing;
  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Clock clock;
  private volatile Map<String, SourceFolder> folders = Map.of();

  SourceFolders(
      List<SourceConfig> sources,
      SourceTiming timing,
      DocumentLedger ledger,
      IndexEffects effects,
      Clock clock) {
    this.timing = timing;
    this.ledger = ledger;
    this.effects = effects;
    this.clock = clock;
    Map<String, SourceFolder> made = new LinkedHashMap<>();
    sources.forEach(source -> made.put(source.name(), folder(source)));
    this.folders = Collections.unmodifiableMap(made);
  }

  private SourceFolder folder(SourceConfig source) {
    return new SourceFolder(source, timing, ledger, effects, clock);
  }

  /** As they are now. */
  Map<String, SourceFolder> byName() {
    return folders;
  }

  /** As they are now. */
  Collection<SourceFolder> all() {
    return folders.values();
  }

  /** As they are now. */
  List<SourceConfig> sources() {
    return folders.values().stream().map(SourceFolder::config).toList();
  }

  Optional<SourceFolder> find(String source) {
    return Optional.ofNullable(folders.get(source));
  }

  /**
   * Puts a source at the end.
   *
   * @throws IllegalArgumentException if it does not fit to the others
   */
  synchronized SourceFolder add(SourceConfig source) {
    List<SourceConfig> together = new ArrayList<>(sources());
    together.add(source);
    SourceConfig.checkTogether(together);
    SourceFolder made = folder(source);
    Map<String, SourceFolder> next = new LinkedHashMap<>(folders);
    next.put(source.name(), made);
    folders = Collections.unmodifiableMap(next);
    return made;
  }

  /** Takes a source out and closes it. */
  synchronized void remove(String source) {
    Map<String, SourceFolder> next = new LinkedHashMap<>(folders);
    SourceFolder removed = next.remove(source);
    folders = Collections.unmodifiableMap(next);
    if (removed != null) {
      removed.close();
    }
  }

  @Override
  public Optional<SourceDocument> document(Claim claim) {
    return find(claim.source())
        .filter(folder -> !folder.isGone())
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

package dev.zhiku.ingest.service;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.source.LookRate;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.ingest.work.ResultWatch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ingest of all sources: keeps the index as the folders are, watches them, reads what is new or
 * changed, forgets what is gone, and starts again where it was after any end. Everything it knows
 * is in catalogue and index. Thread-safe. Closes nothing that it was given.
 */
public final class IngestService implements AutoCloseable {
  /**
   * The parts that the service is given.
   *
   * @param sources checked together, in order
   * @param trash directory for deleted originals
   * @param maxUploadBytes of one upload
   * @param health told of damage, asked whether there is room on the disk
   */
  public record Parts(
      List<SourceConfig> sources,
      IngestTiming timing,
      DocumentLedger ledger,
      KnowledgeIndex index,
      DocumentPipeline pipeline,
      IngestLimits limits,
      Path trash,
      long maxUploadBytes,
      Clock clock,
      StoreHealth health) {
    public Parts {
      sources = List.copyOf(sources);
      SourceConfig.checkTogether(sources);
    }
  }

  private final IngestEngine engine;

  private IngestService(IngestEngine engine) {
    this.engine = engine;
  }

  /**
   * Starts to work and returns at once; the first scan of the folders follows in the background.
   *
   * @throws RuntimeException if a store cannot be read
   */
  public static IngestService start(Parts parts) throws InterruptedException {
    return start(parts, Map.of());
  }

  /**
   * The same, with what an administrator said of some sources before.
   *
   * @param standings by name; who is missing is watched
   */
  public static IngestService start(Parts parts, Map<String, Standing> standings)
      throws InterruptedException {
    return start(parts, standings, ResultWatch.NONE);
  }

  /**
   * The same, with somebody who is told what becomes of files.
   *
   * @param watch is told of each result once it is durable
   */
  public static IngestService start(Parts parts, Map<String, Standing> standings, ResultWatch watch)
      throws InterruptedException {
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = parts.index().snapshot()) {
      epoch = snapshot.epoch();
    }
    IngestEngine engine = new IngestEngine(parts, epoch);
    engine.watchedBy(watch);
    engine.start(standings);
    return new IngestService(engine);
  }

  /** Uploads, deletions and originals. */
  public SourceFiles files() {
    return engine.files();
  }

  /**
   * Reads no further file until {@link #resume}, also after a restart; what is read is answered.
   */
  public void pause() {
    engine.setPaused(true);
  }

  /** Goes on reading. */
  public void resume() {
    engine.setPaused(false);
  }

  /**
   * Believes a held source's folder as it is now: what is missing from it is removed.
   *
   * @return false if there is no such source
   */
  public boolean confirm(String source) {
    Optional<SourceFolder> folder = engine.folders().find(source);
    folder.ifPresent(SourceFolder::confirm);
    return folder.isPresent();
  }

  /**
   * Watches one more source from now on, behind the others.
   *
   * @throws IllegalArgumentException naming the rule, if it does not fit to the others
   */
  public void add(SourceConfig source) {
    engine.add(source);
  }

  /**
   * Leaves a source's folder alone, or looks through it again.
   *
   * @return false if there is no such source
   */
  public boolean stand(String source, Standing standing) throws InterruptedException {
    Optional<SourceFolder> folder = engine.folders().find(source);
    if (folder.isPresent()) {
      folder.get().stand(standing);
    }
    return folder.isPresent();
  }

  /**
   * Takes a source out, and all its documents out of the index; its files stay as they are.
   *
   * @return how many documents that were; empty if there is no such source
   */
  public OptionalInt remove(String source) throws InterruptedException {
    Optional<SourceFolder> folder = engine.folders().find(source);
    return folder.isEmpty() ? OptionalInt.empty() : OptionalInt.of(engine.remove(folder.get()));
  }

  /** How a source's folder is looked through at present; empty if there is no such source. */
  public Optional<LookRate.Looks> looks(String source) {
    return engine.folders().find(source).map(SourceFolder::looks);
  }

  /**
   * Has files read anew though nothing about them has changed; they answer as before until then.
   * Vectors of the same texts are carried over.
   *
   * @param source empty for every source
   * @param path of a file or a folder inside the source; empty for all of it
   * @return how many files wait because of it; empty if there is no such source
   */
  public OptionalInt reindex(Optional<String> source, String path) throws InterruptedException {
    List<String> chosen =
        engine.folders().sources().stream()
            .map(SourceConfig::name)
            .filter(name -> source.isEmpty() || name.equals(source.get()))
            .toList();
    int count = 0;
    for (String name : chosen) {
      count += engine.readAgain(name, path);
    }
    return chosen.isEmpty() ? OptionalInt.empty() : OptionalInt.of(count);
  }

  /**
   * Recognises text in pictures from now on, also in files that were read without it before.
   *
   * @param recognizer has to outlive the service
   */
  public void recognizeWith(Extractor recognizer) {
    engine.recognizeWith(recognizer);
  }

  /** Compares catalogue and index soon, and has read again what the index lacks. */
  public void reconcile() {
    engine.compareSoon();
  }

  /** Stops within seconds: files on their way are handed back, finished ones committed. */
  @Override
  public void close() {
    engine.close();
  }
}

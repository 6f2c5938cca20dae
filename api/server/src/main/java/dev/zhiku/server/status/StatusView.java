package dev.zhiku.server.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.Reranker;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.DiskState;
import dev.zhiku.ingest.health.StoreHealth;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to {@code GET /status}, field by field; absent values are written as null.
 *
 * @param version of the service
 * @param sources in the order of the configuration
 * @param files that the asker may see, by state
 * @param passages of these files in the index
 * @param countedAt when sources, files, passages and queue were read, if that is not now because
 *     the catalogue is away
 * @param reranker what ranks the best passages anew; null where nothing does
 * @param warnings what is to be known of this status itself
 */
@Schema(name = "Status")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record StatusView(
    String version,
    List<SourceView> sources,
    FilesView files,
    long passages,
    QueueView queue,
    Optional<Instant> countedAt,
    IndexView index,
    GeneratorView generator,
    Optional<RerankerView> reranker,
    StorageView storage,
    AccessView access,
    List<WarningView> warnings) {
  StatusView {
    sources = List.copyOf(sources);
    warnings = List.copyOf(warnings);
  }

  /**
   * Whether the asker needs a key.
   *
   * @param reason why, in the reader's language; null where none is needed
   */
  @Schema(name = "AccessState")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record AccessView(boolean keyNeeded, Optional<String> reason) {
    static AccessView of(Optional<Phrase> why, Locale locale) {
      return new AccessView(why.isPresent(), why.map(phrase -> phrase.in(locale)));
    }
  }

  /**
   * What is to be known of the status.
   *
   * @param code {@code catalogue-unavailable}
   * @param detail in the reader's language
   */
  @Schema(name = "StatusWarning")
  @Serdeable
  record WarningView(String code, String detail) {}

  /**
   * One source.
   *
   * @param root its folder; readers with a key see its last name alone
   * @param online whether the folder can be read
   * @param held whether removals wait until an administrator confirms
   * @param detail why it is offline, held or looked through often, in the reader's language
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record SourceView(
      String name,
      String root,
      boolean online,
      boolean held,
      Optional<String> detail,
      Optional<Instant> lastScanAt) {
    static SourceView of(DocumentCatalog.SourceState source, Locale locale) {
      return new SourceView(
          source.name(),
          source.root(),
          source.online(),
          source.held(),
          Optional.of(source.detail().in(locale)).filter(detail -> !detail.isEmpty()),
          source.lastScanAt());
    }

    /** The same for who need not know where on the server the folder lies: its name alone. */
    SourceView withoutServerPaths() {
      String folder = root.substring(Math.max(root.lastIndexOf('/'), root.lastIndexOf('\\')) + 1);
      return new SourceView(
          name, folder, online, held, detail.map(text -> text.replace(root, folder)), lastScanAt);
    }
  }

  /**
   * Files by state; total is the sum of the next four.
   *
   * @param ignored temporary and system files, which stand apart
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record FilesView(
      long total, long indexed, long failed, long skipped, long pending, long ignored) {
    static FilesView of(DocumentCatalog.Counts counts) {
      return new FilesView(
          counts.total(),
          counts.indexed(),
          counts.failed(),
          counts.skipped(),
          counts.pending(),
          counts.ignored());
    }
  }

  /**
   * What waits to be read.
   *
   * @param depth files
   * @param etaSeconds until none waits at this pace; null where nobody can tell
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record QueueView(
      long depth, double passagesPerSecond, Optional<Long> etaSeconds, boolean paused) {
    static QueueView of(DocumentCatalog.QueueState now) {
      return new QueueView(
          now.depth(), now.passagesPerSecond(), now.eta().map(Duration::toSeconds), now.paused());
    }

    /** For who may not see every document: the pace and the wait are those of all. */
    static QueueView of(DocumentCatalog.Counts visible, DocumentCatalog.QueueState now) {
      return new QueueView(visible.pending(), 0, Optional.empty(), now.paused());
    }
  }

  /**
   * What is searched.
   *
   * @param generation name of the index generation that answers
   * @param building name of the one that is made anew beside it, if any
   * @param epoch of its last commit; 0 to who may not see every document
   * @param sizeBytes on disk; 0 likewise
   * @param embedders whose vectors it holds
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record IndexView(
      String generation,
      Optional<String> building,
      long epoch,
      long sizeBytes,
      List<String> embedders) {
    IndexView {
      embedders = List.copyOf(embedders);
    }

    static IndexView of(
        ServiceFacts.Generations generations,
        KnowledgeIndex.Snapshot snapshot,
        boolean everything) {
      KnowledgeIndex.Stats stats = snapshot.stats();
      return new IndexView(
          generations.current(),
          generations.building(),
          everything ? snapshot.epoch() : 0,
          everything ? stats.sizeBytes() : 0,
          stats.embedders().stream().map(EmbedderId::toString).sorted().toList());
    }
  }

  /**
   * What may be written, and what was found damaged since the start.
   *
   * @param mode {@code read_write}, or {@code read_only} while no files are read and no uploads
   *     taken
   * @param reason why it is read-only: {@code disk}
   * @param freeBytes on the disk of the data folder
   * @param keepFreeBytes with less it is read-only
   * @param indexVerifiedAt when every byte of the index was last compared with its checksum
   * @param repairs newest first
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record StorageView(
      String mode,
      Optional<String> reason,
      long freeBytes,
      long keepFreeBytes,
      Optional<Instant> indexVerifiedAt,
      List<RepairView> repairs) {
    StorageView {
      repairs = List.copyOf(repairs);
    }

    static StorageView of(StoreHealth health) {
      DiskState disk = health.disk().state();
      return new StorageView(
          disk.isReadOnly() ? "read_only" : "read_write",
          disk.isReadOnly() ? Optional.of("disk") : Optional.empty(),
          disk.freeBytes(),
          disk.keepFreeBytes(),
          health.indexVerifiedAt(),
          health.repairs().stream().map(RepairView::of).toList());
    }
  }

  /**
   * A damage and its repair.
   *
   * @param store index or catalogue
   * @param detail what was found and where it is kept
   * @param running whether files still wait to be read again because of it
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record RepairView(String store, Instant foundAt, String detail, boolean running) {
    static RepairView of(StoreHealth.Repair repair) {
      return new RepairView(
          repair.store().name().toLowerCase(Locale.ROOT),
          repair.at(),
          repair.what(),
          repair.running());
    }
  }

  /**
   * Who writes the answers.
   *
   * @param backend name of its kind
   * @param model its model, if it has one
   * @param promptForm name of the form in which prompts are written for that model
   * @param ready whether it answers
   * @param detail why not, or what to know
   * @param reasoning whether it reasons before it answers where a question does not say
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record GeneratorView(
      String backend,
      Optional<String> model,
      Optional<String> promptForm,
      boolean ready,
      Optional<String> detail,
      boolean reasoning) {
    static GeneratorView of(GeneratorState.Now now) {
      return new GeneratorView(
          now.backend(), now.model(), now.promptForm(), now.ready(), now.detail(), now.reasoning());
    }
  }

  /**
   * What ranks the best passages anew, and what became of the questions since the start.
   *
   * @param model name of its folder
   * @param budgetMillis longest time for one question
   * @param reranked questions whose passages were ranked anew
   * @param tooSlow questions for which the time did not suffice
   * @param busy questions that others waited for
   * @param failed questions at which the model failed
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record RerankerView(
      String model, long budgetMillis, long reranked, long tooSlow, long busy, long failed) {
    static RerankerView of(Reranker.State now) {
      return new RerankerView(
          now.model(),
          now.budget().toMillis(),
          now.reranked(),
          now.tooSlow(),
          now.busy(),
          now.failed());
    }
  }
}

package dev.zhiku.server.sources;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.source.LookRate;
import dev.zhiku.server.sources.SourceControl.Managed;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bodies about sources, field by field. */
final class SourceViews {
  private SourceViews() {}

  /**
   * A source to add.
   *
   * @param name 1 to 64 letters, digits, dots, dashes and underscores
   * @param path of the folder on the machine of the service, absolute; on Windows also a UNC path
   * @param readOnly whether nobody uploads to it or deletes from it through the service
   * @param include globs over the path inside; none for every file
   * @param exclude globs over the path inside, stronger than {@code include}
   * @param scanSeconds how often the whole folder is looked through, 1 to 86,400; 30 if left out
   */
  @Schema(name = "NewSource")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record NewSource(
      String name,
      String path,
      @Nullable Boolean readOnly,
      @Nullable List<String> include,
      @Nullable List<String> exclude,
      @Nullable Integer scanSeconds) {}

  /** Every source. */
  @Schema(name = "Sources")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Sources(List<Detail> items) {}

  /**
   * A source as an administrator sees it.
   *
   * @param origin configuration, added or samples
   * @param state watched; held by an administrator; leaving, which a confirmation ends; off
   * @param documents in the catalogue
   * @param online whether the folder can be read
   * @param detail what is to be known of it, in the reader's language
   * @param looks how often the whole folder is looked through at present; null while it is off
   */
  @Schema(name = "ManagedSource")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Detail(
      String name,
      String path,
      boolean readOnly,
      List<String> include,
      List<String> exclude,
      String origin,
      String state,
      long documents,
      boolean online,
      Optional<String> detail,
      Optional<Instant> lastScanAt,
      Optional<LooksView> looks) {
    static Detail of(Managed source, Optional<SourceState> seen, long documents, Locale locale) {
      return new Detail(
          source.config().name(),
          source.config().path().toString(),
          source.config().readOnly(),
          source.config().include(),
          source.config().exclude(),
          source.origin().wireName(),
          source.off() ? "off" : source.standing().wireName(),
          documents,
          seen.map(SourceState::online).orElse(true),
          seen.map(state -> state.detail().in(locale)).filter(text -> !text.isEmpty()),
          seen.flatMap(SourceState::lastScanAt),
          source.looks().map(LooksView::of));
    }
  }

  /**
   * How often a folder is looked through as a whole; that adapts to how long it takes.
   *
   * @param everySeconds pause between two looks
   * @param lastTookMs how long the last one took
   * @param byEvents whether the system reports changes between them
   */
  @Schema(name = "SourceLooks")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record LooksView(double everySeconds, long lastTookMs, boolean byEvents) {
    static LooksView of(LookRate.Looks looks) {
      return new LooksView(
          looks.every().toMillis() / 1_000.0, looks.lastTook().toMillis(), looks.byEvents());
    }
  }

  /**
   * What became of a source that is to be removed.
   *
   * @param removed whether it is; otherwise it waits for a confirmation
   * @param documents that went with it or, before that is confirmed, would go
   */
  @Schema(name = "SourceRemoval")
  @Serdeable
  record Removal(String name, boolean removed, long documents) {}
}

package dev.zhiku.server.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.server.alarm.Alarm;
import dev.zhiku.server.alarm.AlarmConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupSchedule;
import dev.zhiku.server.http.ServerText;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which parts of the service are not as they should be. Thread-safe. */
@Singleton
public final class Conditions {
  private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);
  private static final Phrase READ_ONLY = ServerText.of("read-only.disk");
  private static final Phrase AUDIT_LOST = ServerText.of("audit-lost");
  private static final Phrase HEAD_UNSENT = ServerText.of("audit-head-unsent");
  private static final Phrase BACKUP_FAILED = ServerText.of("backup-failed");
  private static final Phrase CATALOGUE_AWAY = ServerText.of("catalogue-away");

  private final DocumentCatalog catalog;
  private final GeneratorState generator;
  private final EmbedderState embedder;
  private final StoreHealth health;
  private final AuditLog audit;
  private final BackupSchedule backups;

  Conditions(
      DocumentCatalog catalog,
      GeneratorState generator,
      EmbedderState embedder,
      StoreHealth health,
      AuditLog audit,
      BackupSchedule backups) {
    this.catalog = catalog;
    this.generator = generator;
    this.embedder = embedder;
    this.health = health;
    this.audit = audit;
    this.backups = backups;
  }

  /** Parts that are missing while the rest answers, of which the asker may know. */
  List<Degraded> degraded(Locale locale, Scope asker) {
    List<Degraded> degraded = new ArrayList<>(stores(locale));
    try {
      degraded.addAll(sources(locale, asker));
    } catch (CatalogUnavailableException e) {
      degraded.add(catalogueAway(locale));
    } catch (RuntimeException e) {
      LOG.warn("The catalogue cannot be read: {}", e.toString());
      degraded.add(catalogueAway(locale));
    }
    GeneratorState.Now now = generator.now(locale);
    if (!now.ready()) {
      degraded.add(
          new Degraded(
              "generator",
              now.backend(),
              "away",
              now.detail().orElse(""),
              remedy("remedy.generator", locale)));
    }
    embedder
        .away()
        .ifPresent(
            why ->
                degraded.add(
                    new Degraded(
                        "embedder",
                        "ollama",
                        "away",
                        why.in(locale),
                        remedy("remedy.embedder", locale))));
    return degraded;
  }

  private static String remedy(String of, Locale locale, Object... values) {
    return ServerText.of(of, values).in(locale);
  }

  private static Degraded catalogueAway(Locale locale) {
    return new Degraded(
        "store",
        "catalogue",
        "away",
        CATALOGUE_AWAY.in(locale),
        remedy("remedy.catalogue", locale));
  }

  /** The same, and what is beyond the numbers that are configured. */
  public List<Alarm> alarms(AlarmConfig config) {
    List<Alarm> alarms = new ArrayList<>();
    for (Degraded one : degraded(Locale.ENGLISH, Scope.LOCAL)) {
      alarms.add(new Alarm(one.part(), one.name(), one.detail(), one.remedy()));
    }
    long free = health.disk().state().freeBytes();
    if (config.freeBytes() > 0 && free < config.freeBytes()) {
      alarms.add(alarm("disk", "free", ServerText.of("alarm-free", free), "remedy.free"));
    }
    try {
      addFiles(config, alarms);
    } catch (CatalogUnavailableException e) {
      LOG.debug("No files are counted while the catalogue is away, which is an alarm itself", e);
    }
    return alarms;
  }

  private void addFiles(AlarmConfig config, List<Alarm> alarms) {
    long waiting = config.queue() > 0 ? catalog.queue().depth() : 0;
    if (waiting > config.queue()) {
      alarms.add(alarm("queue", "files", ServerText.of("alarm-queue", waiting), "remedy.queue"));
    }
    long failed = config.failedFiles() > 0 ? catalog.counts(new Filter.All()).failed() : 0;
    if (failed > config.failedFiles()) {
      alarms.add(alarm("files", "failed", ServerText.of("alarm-failed", failed), "remedy.failed"));
    }
  }

  /** One that is raised by a number. */
  private static Alarm alarm(String part, String name, Phrase detail, String remedy) {
    return new Alarm(part, name, detail.english(), remedy(remedy, Locale.ENGLISH));
  }

  private List<Degraded> stores(Locale locale) {
    List<Degraded> degraded = new ArrayList<>();
    if (health.disk().state().isReadOnly()) {
      degraded.add(
          new Degraded(
              "disk", "data", "read-only", READ_ONLY.in(locale), remedy("remedy.disk", locale)));
    }
    if (audit.trouble() > 0) {
      degraded.add(failing("audit", "log", AUDIT_LOST, "remedy.audit.log", locale));
    }
    if (backups.last().flatMap(BackupSchedule.Outcome::failure).isPresent()) {
      degraded.add(failing("backup", "scheduled", BACKUP_FAILED, "remedy.backup", locale));
    }
    if (audit.headIsUnsent()) {
      degraded.add(failing("audit", "head", HEAD_UNSENT, "remedy.audit.head", locale));
    }
    for (StoreHealth.Repair repair : health.repairs()) {
      if (repair.running()) {
        String store = repair.store().name().toLowerCase(Locale.ROOT);
        degraded.add(
            new Degraded(
                "store", store, "repairing", repair.what(), remedy("remedy.store", locale)));
      }
    }
    return degraded;
  }

  private static Degraded failing(
      String part, String name, Phrase detail, String remedy, Locale locale) {
    return new Degraded(part, name, "failing", detail.in(locale), remedy(remedy, locale));
  }

  private List<Degraded> sources(Locale locale, Scope asker) {
    List<Degraded> degraded = new ArrayList<>();
    for (DocumentCatalog.SourceState source : catalog.sources()) {
      if (asker.seesSource(source.name()) && (!source.online() || source.held())) {
        StatusView.SourceView view = StatusView.SourceView.of(source, locale);
        boolean away = !source.online();
        degraded.add(
            new Degraded(
                "source",
                source.name(),
                away ? "away" : "held",
                (asker.seesServerPaths() ? view : view.withoutServerPaths()).detail().orElse(""),
                remedy(away ? "remedy.source.away" : "remedy.source.held", locale, source.name())));
      }
    }
    return degraded;
  }

  /**
   * A part that is missing.
   *
   * @param part source, generator, embedder, disk, store, backup or audit
   * @param name which one
   * @param state away, held, read-only, failing or repairing
   * @param detail why, and what is done meanwhile
   * @param remedy what somebody can do
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Degraded(String part, String name, String state, String detail, String remedy) {}
}

package dev.zhiku.server.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupSchedule;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For those who watch the service: does it live, and should requests be sent to it. */
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class HealthController {
  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
  private static final Phrase READ_ONLY = ServerText.of("read-only.disk");
  private static final Phrase AUDIT_LOST = ServerText.of("audit-lost");
  private static final Phrase HEAD_UNSENT = ServerText.of("audit-head-unsent");
  private static final Phrase BACKUP_FAILED = ServerText.of("backup-failed");
  private static final Phrase CATALOGUE_AWAY = ServerText.of("catalogue-away");

  private final Lifecycle lifecycle;
  private final DocumentCatalog catalog;
  private final GeneratorState generator;
  private final EmbedderState embedder;
  private final StoreHealth health;
  private final AuditLog audit;
  private final BackupSchedule backups;

  HealthController(
      Lifecycle lifecycle,
      DocumentCatalog catalog,
      GeneratorState generator,
      EmbedderState embedder,
      StoreHealth health,
      AuditLog audit,
      BackupSchedule backups) {
    this.lifecycle = lifecycle;
    this.catalog = catalog;
    this.generator = generator;
    this.embedder = embedder;
    this.health = health;
    this.audit = audit;
    this.backups = backups;
  }

  /** Answers as long as the process can. */
  @Get("/live")
  @Operation(operationId = "getLive", summary = "Whether the process lives")
  Live live() {
    return new Live("up");
  }

  /** 200 while requests are answered, if need be without some part; 503 before and after. */
  @Get("/ready")
  @Operation(
      operationId = "getReady",
      summary = "Whether requests are answered, and what is degraded")
  HttpResponse<Ready> ready(HttpRequest<?> request) {
    return switch (lifecycle.state()) {
      case STARTING -> unavailable("starting");
      case STOPPING -> unavailable("stopping");
      case SERVING ->
          HttpResponse.ok(serving(AcceptedLanguage.of(request), RequestScope.of(request)));
    };
  }

  private static HttpResponse<Ready> unavailable(String status) {
    return HttpResponse.<Ready>status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "5")
        .body(new Ready(status, List.of()));
  }

  private Ready serving(Locale locale, Scope asker) {
    List<Degraded> degraded = new ArrayList<>(stores(locale));
    try {
      degraded.addAll(sources(locale, asker));
    } catch (CatalogUnavailableException e) {
      degraded.add(new Degraded("store", "catalogue", CATALOGUE_AWAY.in(locale)));
    } catch (RuntimeException e) {
      LOG.warn("The catalogue cannot be read: {}", e.toString());
      degraded.add(new Degraded("store", "catalogue", CATALOGUE_AWAY.in(locale)));
    }
    GeneratorState.Now now = generator.now(locale);
    if (!now.ready()) {
      degraded.add(new Degraded("generator", now.backend(), now.detail().orElse("")));
    }
    embedder
        .away()
        .ifPresent(why -> degraded.add(new Degraded("embedder", "ollama", why.in(locale))));
    return new Ready(degraded.isEmpty() ? "ready" : "degraded", degraded);
  }

  private List<Degraded> stores(Locale locale) {
    List<Degraded> degraded = new ArrayList<>();
    if (health.disk().state().isReadOnly()) {
      degraded.add(new Degraded("disk", "data", READ_ONLY.in(locale)));
    }
    if (audit.trouble() > 0) {
      degraded.add(new Degraded("audit", "log", AUDIT_LOST.in(locale)));
    }
    if (backups.last().flatMap(BackupSchedule.Outcome::failure).isPresent()) {
      degraded.add(new Degraded("backup", "scheduled", BACKUP_FAILED.in(locale)));
    }
    if (audit.headIsUnsent()) {
      degraded.add(new Degraded("audit", "head", HEAD_UNSENT.in(locale)));
    }
    for (StoreHealth.Repair repair : health.repairs()) {
      if (repair.running()) {
        String store = repair.store().name().toLowerCase(Locale.ROOT);
        degraded.add(new Degraded("store", store, repair.what()));
      }
    }
    return degraded;
  }

  private List<Degraded> sources(Locale locale, Scope asker) {
    List<Degraded> degraded = new ArrayList<>();
    for (DocumentCatalog.SourceState source : catalog.sources()) {
      if (asker.seesSource(source.name()) && (!source.online() || source.held())) {
        StatusView.SourceView view = StatusView.SourceView.of(source, locale);
        degraded.add(
            new Degraded(
                "source",
                source.name(),
                (asker.seesServerPaths() ? view : view.withoutServerPaths()).detail().orElse("")));
      }
    }
    return degraded;
  }

  /** The process lives. */
  @Serdeable
  record Live(String status) {}

  /**
   * Whether requests are answered.
   *
   * @param status ready, degraded, starting or stopping
   * @param degraded parts that are missing while the rest answers
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Ready(String status, List<Degraded> degraded) {
    Ready {
      degraded = List.copyOf(degraded);
    }
  }

  /**
   * A part that is missing.
   *
   * @param part source, generator, embedder, disk, store, backup or audit
   * @param name which one
   * @param detail why, and what is done meanwhile
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Degraded(String part, String name, String detail) {}
}

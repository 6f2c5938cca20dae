package dev.zhiku.server.status;

import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.SeenKeys;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much is indexed, what waits, who answers. Reads the stores, not the memory of a process, as
 * long as they can be read.
 */
@Controller("/status")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class StatusController {
  private static final Phrase CATALOGUE_AWAY = ServerText.of("catalogue-away.status");

  private static final int MOST_SEEN_KEYS = 20;

  private final ServiceFacts facts;
  private final LastFigures figures;
  private final KnowledgeIndex index;
  private final GeneratorState generator;
  private final EmbedderState embedder;
  private final Reranker reranker;
  private final StoreHealth health;
  private final Access access;
  private final SeenKeys seen;

  StatusController(
      ServiceFacts facts,
      LastFigures figures,
      KnowledgeIndex index,
      GeneratorState generator,
      EmbedderState embedder,
      Reranker reranker,
      StoreHealth health,
      Access access,
      SeenKeys seen) {
    this.facts = facts;
    this.figures = figures;
    this.index = index;
    this.generator = generator;
    this.embedder = embedder;
    this.reranker = reranker;
    this.health = health;
    this.access = access;
    this.seen = seen;
  }

  /** Tells what is indexed, what waits and who answers. */
  @Get
  @Operation(operationId = "getStatus", summary = "Status of the service")
  StatusView status(HttpRequest<?> request) throws InterruptedException {
    Locale locale = AcceptedLanguage.of(request);
    Scope asker = RequestScope.of(request);
    LastFigures.Figures known = figures.of(asker.visible());
    try (KnowledgeIndex.Snapshot snapshot = index.committedSnapshot()) {
      return new StatusView(
          facts.version(),
          sources(known, asker, locale),
          StatusView.FilesView.of(known.counts()),
          known.counts().passages(),
          asker.seesEverything()
              ? StatusView.QueueView.of(known.queue())
              : StatusView.QueueView.of(known.counts(), known.queue()),
          known.countedAt(),
          StatusView.IndexView.of(facts.generations().get(), snapshot, asker.seesEverything()),
          StatusView.GeneratorView.of(generator.now(locale)),
          reranker.state().map(StatusView.RerankerView::of),
          StatusView.StorageView.of(health),
          StatusView.AccessView.of(access.whyKeyIsNeeded(request), locale),
          warnings(known, asker, locale));
    }
  }

  private static List<StatusView.SourceView> sources(
      LastFigures.Figures known, Scope asker, Locale locale) {
    return known.sources().stream()
        .filter(source -> asker.seesSource(source.name()))
        .map(source -> StatusView.SourceView.of(source, locale))
        .map(view -> asker.seesServerPaths() ? view : view.withoutServerPaths())
        .toList();
  }

  private List<StatusView.WarningView> warnings(
      LastFigures.Figures known, Scope asker, Locale locale) {
    List<StatusView.WarningView> warnings = new ArrayList<>();
    if (known.countedAt().isPresent()) {
      warnings.add(new StatusView.WarningView("catalogue-unavailable", CATALOGUE_AWAY.in(locale)));
    }
    embedder
        .away()
        .map(why -> new StatusView.WarningView("embedder-away", why.in(locale)))
        .ifPresent(warnings::add);
    facts.wordProblems().get().stream()
        .map(problem -> new StatusView.WarningView("words-file", problem.in(locale)))
        .forEach(warnings::add);
    if (asker.administers()) {
      seen.standing().stream()
          .limit(MOST_SEEN_KEYS)
          .map(one -> new StatusView.WarningView("key-seen", told(one).in(locale)))
          .forEach(warnings::add);
    }
    return warnings;
  }

  private static Phrase told(SeenKeys.Sighting one) {
    return ServerText.of(one.isOfShared() ? "key-seen.shared" : "key-seen", one.key(), one.where());
  }
}

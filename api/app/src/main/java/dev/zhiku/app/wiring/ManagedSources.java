package dev.zhiku.app.wiring;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.app.config.SourcesFile.Content;
import dev.zhiku.app.config.SourcesFile.Samples;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.service.IngestService;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.server.sources.SourceControl;
import dev.zhiku.server.sources.SourceRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources of a running service. What is said of them is written first and done then, so that a
 * kill in between is made up for by the next start. One change at a time; thread-safe.
 */
final class ManagedSources implements SourceControl {
  private final SourceBook book;
  private final IngestService ingest;
  private final DocumentLedger ledger;

  ManagedSources(SourceBook book, IngestService ingest, DocumentLedger ledger) {
    this.book = book;
    this.ingest = ingest;
    this.ledger = ledger;
  }

  @Override
  public List<Managed> list() {
    List<Managed> all = new ArrayList<>(book.watched().stream().map(this::managed).toList());
    if (book.content().samples() == Samples.GONE) {
      book.samples().map(this::managed).ifPresent(all::add);
    }
    return all;
  }

  private Managed managed(SourceConfig source) {
    String name = source.name();
    boolean off =
        isSample(name)
            && (book.content().samples() == Samples.GONE
                || ledger.source(name).map(SourceRecord::off).orElse(false));
    return new Managed(
        source,
        book.origin(name).orElse(Origin.ADDED),
        book.content().standings().getOrDefault(name, Standing.WATCHED),
        off,
        off ? Optional.empty() : ingest.looks(name));
  }

  private boolean isSample(String name) {
    return book.origin(name).filter(Origin.SAMPLES::equals).isPresent();
  }

  @Override
  public synchronized Managed add(SourceConfig wanted) {
    List<SourceConfig> others = new ArrayList<>(book.watched());
    if (book.content().samples() == Samples.GONE) {
      book.samples().ifPresent(others::add);
    }
    SourceRules.check(wanted, others, book.data());
    book.write(book.content().with(wanted));
    ingest.add(wanted);
    return managed(wanted);
  }

  @Override
  public synchronized Managed hold(String name) throws InterruptedException {
    SourceConfig source = watched(name);
    stand(name, Standing.HELD);
    return managed(source);
  }

  @Override
  public synchronized Managed resume(String name) throws InterruptedException {
    if (isSample(name) && managed(book.samples().orElseThrow()).off()) {
      return bringBack(SourceBook.kept(book.samples().orElseThrow()));
    }
    SourceConfig source = watched(name);
    stand(name, Standing.WATCHED);
    return managed(source);
  }

  private Managed bringBack(SourceConfig samples) throws InterruptedException {
    book.write(book.content().with(samples.name(), Standing.WATCHED).with(Samples.KEPT));
    ingest.remove(samples.name());
    ingest.add(samples);
    return managed(samples);
  }

  private SourceConfig watched(String name) {
    return book.watched().stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Problem(ProblemCode.SOURCE_NOT_FOUND, name));
  }

  private void stand(String name, Standing standing) throws InterruptedException {
    book.write(book.content().with(name, standing));
    ingest.stand(name, standing);
  }

  @Override
  public synchronized Optional<Integer> remove(String name, boolean confirmed)
      throws InterruptedException {
    Origin origin =
        book.origin(name).orElseThrow(() -> new Problem(ProblemCode.SOURCE_NOT_FOUND, name));
    if (origin == Origin.CONFIGURATION) {
      throw new Problem(ProblemCode.SOURCE_CONFIGURED, name);
    }
    if (origin == Origin.SAMPLES && managed(book.samples().orElseThrow()).off()) {
      return Optional.of(0);
    }
    if (!confirmed) {
      stand(name, Standing.LEAVING);
      return Optional.empty();
    }
    Content next = book.content().without(name);
    book.write(origin == Origin.SAMPLES ? next.with(Samples.GONE) : next);
    return Optional.of(ingest.remove(name).orElse(0));
  }
}

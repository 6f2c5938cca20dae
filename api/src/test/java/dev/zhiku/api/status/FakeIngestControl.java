package dev.zhiku.api.status;

import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import dev.zhiku.ingest.testing.InMemoryDocumentCatalog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows in the catalogue what it was told; knows the sources that the catalogue has. */
public final class FakeIngestControl implements IngestControl {
  private final InMemoryDocumentCatalog catalog;
  private final List<String> confirmed = new CopyOnWriteArrayList<>();

  public FakeIngestControl(InMemoryDocumentCatalog catalog) {
    this.catalog = catalog;
  }

  public List<String> confirmed() {
    return List.copyOf(confirmed);
  }

  /** For the next test on the same server. */
  public void forgetConfirmed() {
    confirmed.clear();
  }

  @Override
  public void pause() {
    set(true);
  }

  @Override
  public void resume() {
    set(false);
  }

  private void set(boolean paused) {
    QueueState now = catalog.queue();
    catalog.queue(new QueueState(now.depth(), now.passagesPerSecond(), now.eta(), paused));
  }

  @Override
  public boolean confirm(String source) {
    boolean known = catalog.sources().stream().anyMatch(state -> state.name().equals(source));
    if (known) {
      confirmed.add(source);
    }
    return known;
  }

  @Override
  public OptionalInt reindex(Optional<String> source, String path) {
    boolean known =
        source.isEmpty()
            || catalog.sources().stream().anyMatch(state -> state.name().equals(source.get()));
    return known ? OptionalInt.of(path.equals("nothing") ? 0 : 3) : OptionalInt.empty();
  }
}

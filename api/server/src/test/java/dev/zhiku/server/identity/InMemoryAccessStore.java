package dev.zhiku.server.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules and groups for as long as the process lives. Thread-safe. */
public final class InMemoryAccessStore implements AccessStore {
  private final List<Change> changes = new ArrayList<>();
  private State state = new State(List.of(), Map.of());

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public synchronized void save(State now, List<Change> made) {
    state = now;
    changes.addAll(made);
  }

  @Override
  public synchronized List<Change> changes(int most) {
    return changes.reversed().stream().limit(most).toList();
  }
}

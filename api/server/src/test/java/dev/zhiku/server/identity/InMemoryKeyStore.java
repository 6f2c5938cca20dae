package dev.zhiku.server.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys for as long as the process lives. Thread-safe. */
public class InMemoryKeyStore implements KeyStore {
  private final Map<String, NamedKey> keys = new LinkedHashMap<>();
  private final Map<String, Usage> usage = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  @Override
  public synchronized List<NamedKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public synchronized void save(NamedKey key, Change change) {
    keys.put(key.id(), key);
    changes.add(change);
  }

  @Override
  public synchronized void note(Change change) {
    changes.add(change);
  }

  @Override
  public synchronized List<Change> sightings() {
    return changes.stream().filter(change -> change.what().equals(SeenKeys.WHAT)).toList();
  }

  @Override
  public synchronized Map<String, Usage> usage() {
    return Map.copyOf(usage);
  }

  @Override
  public synchronized void addUsage(Map<String, Usage> used, Set<String> forgotten) {
    used.forEach((asker, more) -> usage.merge(asker, more, Usage::and));
    usage.keySet().removeAll(forgotten);
  }

  @Override
  public synchronized List<Change> changes(int most) {
    return changes.reversed().stream().limit(most).toList();
  }
}

package dev.zhiku.server.sources;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sources in memory, without documents. */
public final class FakeSourceControl implements SourceControl {
  private final Path data;
  private final Map<String, Managed> sources = new LinkedHashMap<>();

  public FakeSourceControl(Path data) {
    this.data = data;
  }

  /** Puts a source there that no administrator added. */
  public synchronized void put(SourceConfig config, Origin origin, boolean off) {
    sources.put(
        config.name(), new Managed(config, origin, Standing.WATCHED, off, Optional.empty()));
  }

  /** Names of those that were added. */
  public synchronized Set<String> added() {
    return sources.values().stream()
        .filter(source -> source.origin() == Origin.ADDED)
        .map(source -> source.config().name())
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized List<Managed> list() {
    return new ArrayList<>(sources.values());
  }

  @Override
  public synchronized Managed add(SourceConfig wanted) {
    SourceRules.check(wanted, list().stream().map(Managed::config).toList(), data);
    put(wanted, Origin.ADDED, false);
    return known(wanted.name());
  }

  @Override
  public synchronized Managed hold(String name) {
    return stand(known(name), Standing.HELD);
  }

  @Override
  public synchronized Managed resume(String name) {
    return stand(known(name), Standing.WATCHED);
  }

  private Managed known(String name) {
    Managed source = sources.get(name);
    if (source == null) {
      throw new Problem(ProblemCode.SOURCE_NOT_FOUND, name);
    }
    return source;
  }

  private Managed stand(Managed source, Standing standing) {
    Managed next = new Managed(source.config(), source.origin(), standing, false, Optional.empty());
    sources.put(source.config().name(), next);
    return next;
  }

  @Override
  public synchronized Optional<Integer> remove(String name, boolean confirmed) {
    Managed source = known(name);
    if (source.origin() == Origin.CONFIGURATION) {
      throw new Problem(ProblemCode.SOURCE_CONFIGURED, name);
    }
    if (!confirmed) {
      stand(source, Standing.LEAVING);
      return Optional.empty();
    }
    sources.remove(name);
    if (source.origin() == Origin.SAMPLES) {
      put(source.config(), Origin.SAMPLES, true);
    }
    return Optional.of(0);
  }
}

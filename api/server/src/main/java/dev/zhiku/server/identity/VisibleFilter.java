package dev.zhiku.server.identity;

import dev.zhiku.index.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that mean one asker, as one condition with as few parts as will do. */
final class VisibleFilter {
  private VisibleFilter() {}

  /**
   * @param namedOnly sources that a rule shows only if it names them
   */
  static Filter of(List<AccessRule> rules, Set<String> namedOnly) {
    Filter allowed = any(rules.stream().filter(AccessRule::allows).toList(), namedOnly);
    Filter denied = any(rules.stream().filter(rule -> !rule.allows()).toList(), Set.of());
    return new Filter.AllOf(List.of(allowed, new Filter.Not(denied))).simplest();
  }

  private static Filter any(List<AccessRule> rules, Set<String> namedOnly) {
    Map<String, List<AccessRule>> bySource = new LinkedHashMap<>();
    rules.forEach(
        rule -> bySource.computeIfAbsent(rule.source(), name -> new ArrayList<>()).add(rule));
    List<Filter> parts = new ArrayList<>();
    bySource.forEach(
        (source, those) -> {
          Filter paths = paths(those);
          parts.add(
              source.equals(AccessRule.EVERY_SOURCE)
                  ? outside(paths, namedOnly)
                  : new Filter.AllOf(List.of(new Filter.Source(source), paths)));
        });
    return new Filter.AnyOf(parts);
  }

  private static Filter outside(Filter paths, Set<String> sources) {
    if (sources.isEmpty()) {
      return paths;
    }
    List<Filter> those = new ArrayList<>();
    sources.forEach(source -> those.add(new Filter.Source(source)));
    return new Filter.AllOf(List.of(paths, new Filter.Not(new Filter.AnyOf(those))));
  }

  private static Filter paths(List<AccessRule> rules) {
    Set<String> starts = new LinkedHashSet<>();
    Set<String> files = new LinkedHashSet<>();
    rules.forEach(rule -> (rule.isOfFile() ? files : starts).add(rule.start()));
    if (starts.contains("")) {
      return new Filter.All();
    }
    List<Filter> parts = new ArrayList<>();
    for (String start : starts) {
      if (starts.stream().noneMatch(other -> !other.equals(start) && start.startsWith(other))) {
        parts.add(new Filter.PathPrefix(start));
      }
    }
    if (!files.isEmpty()) {
      parts.add(new Filter.Paths(files));
    }
    return new Filter.AnyOf(parts);
  }
}

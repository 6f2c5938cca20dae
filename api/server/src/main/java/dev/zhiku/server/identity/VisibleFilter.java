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

  static Filter of(List<AccessRule> rules) {
    Filter allowed = any(rules.stream().filter(AccessRule::allows).toList());
    Filter denied = any(rules.stream().filter(rule -> !rule.allows()).toList());
    return new Filter.AllOf(List.of(allowed, new Filter.Not(denied))).simplest();
  }

  private static Filter any(List<AccessRule> rules) {
    Map<String, List<AccessRule>> bySource = new LinkedHashMap<>();
    rules.forEach(
        rule -> bySource.computeIfAbsent(rule.source(), name -> new ArrayList<>()).add(rule));
    List<Filter> parts = new ArrayList<>();
    bySource.forEach(
        (source, those) -> {
          Filter paths = paths(those);
          parts.add(
              source.equals(AccessRule.EVERY_SOURCE)
                  ? paths
                  : new Filter.AllOf(List.of(new Filter.Source(source), paths)));
        });
    return new Filter.AnyOf(parts);
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

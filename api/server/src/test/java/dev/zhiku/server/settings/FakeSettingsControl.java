package dev.zhiku.server.settings;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings that can be changed, one of them on the machine alone, and one that is locked. */
public final class FakeSettingsControl implements SettingsControl {
  private static final String LOCKED = "server.port";
  private static final String ON_MACHINE = "generator.native.server";
  private static final String LIVE = "masking.reader";
  private final Map<String, String> defaults =
      Map.of(LIVE, "", "queue.waiting", "64", LOCKED, "8650", ON_MACHINE, "");
  private final Map<String, String> values = new TreeMap<>(defaults);

  @Override
  public synchronized List<Setting> all() {
    return values.keySet().stream().map(this::get).toList();
  }

  @Override
  public synchronized Setting get(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new Problem(ProblemCode.SETTING_NOT_FOUND, key);
    }
    boolean live = key.equals(LIVE);
    return new Setting(
        key,
        value,
        live ? value : defaults.getOrDefault(key, ""),
        key.equals(LOCKED) ? "zhiku.yml" : "defaults",
        key.equals(LOCKED),
        live,
        key.equals(ON_MACHINE));
  }

  @Override
  public synchronized Setting change(String key, Optional<String> value) {
    if (get(key).locked()) {
      throw new Problem(ProblemCode.SETTING_LOCKED, "zhiku." + key, "zhiku.yml");
    }
    if (key.equals("queue.waiting") && value.filter(v -> !v.matches("[1-9]\\d*")).isPresent()) {
      throw new Problem(ProblemCode.SETTING_REFUSED, "zhiku." + key, "it must be 1..10000");
    }
    values.put(key, value.orElse(defaults.get(key)));
    return get(key);
  }
}

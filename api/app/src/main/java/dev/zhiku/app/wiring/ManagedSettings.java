package dev.zhiku.app.wiring;

import dev.zhiku.answering.problem.NearestName;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.app.config.BadConfiguration;
import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.SettingsFile;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.server.settings.SettingsControl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The settings of a running service, in the settings file of its data folder. The lock of the
 * generator's switch guards the file, for both write it. Thread-safe.
 */
final class ManagedSettings implements SettingsControl {
  /** Keys that say where the settings themselves are, or that have commands of their own. */
  private static final List<String> ELSEWHERE = List.of("data", "folder", "sources");

  /** Words that name no file, program or address of the machine, though any word is read. */
  private static final Set<String> PLAIN_WORDS =
      Set.of(
          "backup.at",
          "generator.native.threads",
          "generator.ollama.model",
          "generator.openai.model");

  private static final String GENERATOR = "generator.";

  /**
   * Hosts that downloads are allowed from, and the default of a question, are read at the start.
   */
  private static final List<String> AT_START =
      List.of("generator.download-hosts", "generator.reasoning");

  private final GeneratorSwitch generator;
  private final Map<String, Consumer<ZhikuConfig>> live;
  private final Map<String, String> running;

  /**
   * @param started what the service was started with
   * @param live by groups of keys such as {@code masking.}: takes a changed configuration into
   *     service; the generator's own is its switch
   */
  ManagedSettings(
      LoadedConfig started, GeneratorSwitch generator, Map<String, Consumer<ZhikuConfig>> live) {
    this.generator = generator;
    this.live = Map.copyOf(live);
    this.running = new TreeMap<>(started.values());
  }

  @Override
  public List<Setting> all() {
    synchronized (generator) {
      LoadedConfig now = generator.loaded();
      return new TreeSet<>(ConfigLoader.keys())
          .stream().filter(key -> !ELSEWHERE.contains(key)).map(key -> setting(key, now)).toList();
    }
  }

  @Override
  public Setting get(String key) {
    synchronized (generator) {
      return setting(required(key), generator.loaded());
    }
  }

  @Override
  public Setting change(String key, Optional<String> value) {
    synchronized (generator) {
      required(key);
      String place = generator.loaded().locked().get(key);
      if (place != null) {
        throw new Problem(ProblemCode.SETTING_LOCKED, "zhiku." + key, place);
      }
      try {
        LoadedConfig next = generator.set(key, value);
        if (isLive(key)) {
          group(key).ifPresent(taking -> taking.accept(next.config()));
          keepRunning(next);
        }
        return setting(key, next);
      } catch (BadConfiguration | CannotStart e) {
        throw new Problem(
            ProblemCode.SETTING_REFUSED, "zhiku." + key, String.valueOf(e.getMessage()));
      }
    }
  }

  /** A change takes everything of its group along, and the switch everything of the generator. */
  private void keepRunning(LoadedConfig next) {
    ConfigLoader.keys().stream()
        .filter(this::isLive)
        .forEach(
            key -> {
              running.remove(key);
              Optional.ofNullable(next.values().get(key)).ifPresent(v -> running.put(key, v));
            });
  }

  private Setting setting(String key, LoadedConfig now) {
    String place = now.locked().get(key);
    boolean here = new SettingsFile(now.config().data()).values().containsKey(key);
    return new Setting(
        key,
        now.values().getOrDefault(key, ""),
        isLive(key) ? now.values().getOrDefault(key, "") : running.getOrDefault(key, ""),
        place != null ? place : here ? SettingsFile.FILE_NAME : "defaults",
        place != null,
        isLive(key),
        !ConfigLoader.plainKeys().contains(key) && !PLAIN_WORDS.contains(key));
  }

  private boolean isLive(String key) {
    return (key.startsWith(GENERATOR) && !AT_START.contains(key)) || group(key).isPresent();
  }

  private Optional<Consumer<ZhikuConfig>> group(String key) {
    return live.entrySet().stream()
        .filter(entry -> key.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String required(String key) {
    if (!ConfigLoader.keys().contains(key) || ELSEWHERE.contains(key)) {
      throw new Problem(
          ProblemCode.SETTING_NOT_FOUND,
          key + NearestName.hint(key, new TreeSet<>(ConfigLoader.keys()), ""));
    }
    return key;
  }
}

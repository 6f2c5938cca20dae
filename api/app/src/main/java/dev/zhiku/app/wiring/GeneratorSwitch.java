package dev.zhiku.app.wiring;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.app.config.BadConfiguration;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.SettingsFile;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.library.GeneratorSelector;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The selection of the generator in the settings file of the data folder, where the next start
 * finds it. Another selection also exchanges the running backend. Thread-safe.
 */
final class GeneratorSwitch implements GeneratorSelector {
  private static final String GENERATOR = "generator.";
  private static final String BACKEND = "generator.backend";
  private static final String OLLAMA_MODEL = "generator.ollama.model";
  private static final String MODEL_PATH = "generator.native.model-path";

  /** Keys that a choice sets, without the prefix. */
  private static final List<String> KEYS = List.of(BACKEND, OLLAMA_MODEL, MODEL_PATH);

  private final Opening opening;
  private final Consumer<ChatBackend> exchange;
  private final SettingsFile settings;
  private LoadedConfig loaded;

  /** Makes the backend of a configuration. */
  interface Opening {
    /**
     * @throws CannotStart if something that is named cannot be used
     */
    ChatBackend open(ZhikuConfig config);
  }

  /**
   * @param loaded what the service was started with
   * @param exchange takes the new backend into service
   */
  GeneratorSwitch(LoadedConfig loaded, Opening opening, Consumer<ChatBackend> exchange) {
    this.loaded = loaded;
    this.opening = opening;
    this.exchange = exchange;
    this.settings = new SettingsFile(loaded.config().data());
  }

  /** The configuration as it is now. */
  synchronized LoadedConfig loaded() {
    return loaded;
  }

  /**
   * Sets any key in the file, or sets it no longer. One of the generator exchanges the running
   * backend at once.
   *
   * @return the configuration with it
   * @throws BadConfiguration if the value is not what the key takes; nothing was changed
   * @throws CannotStart if something that is named cannot be used; nothing was changed
   */
  synchronized LoadedConfig set(String key, Optional<String> value) {
    Map<String, String> all = new TreeMap<>(settings.values());
    all.remove(key);
    value.ifPresent(text -> all.put(key, text));
    LoadedConfig next = loaded.with().apply(all);
    Optional<ChatBackend> backend =
        key.startsWith(GENERATOR) ? Optional.of(opening.open(next.config())) : Optional.empty();
    try {
      settings.set(key, value);
    } catch (UncheckedIOException | BadConfiguration e) {
      backend.ifPresent(ChatBackend::close);
      throw e;
    }
    loaded = next;
    backend.ifPresent(exchange);
    return next;
  }

  @Override
  public synchronized GeneratorConfig now() {
    return loaded.config().generator();
  }

  /** Those of the keys that a selection sets. */
  @Override
  public synchronized Map<String, String> locked() {
    Map<String, String> locked = new TreeMap<>(loaded.locked());
    locked.keySet().retainAll(KEYS);
    return locked;
  }

  @Override
  public synchronized boolean hasPrevious() {
    return settings.previous().isPresent();
  }

  @Override
  public synchronized void use(Choice choice) {
    Map<String, String> chosen = settingsOf(choice);
    Map<String, String> values = new TreeMap<>(settings.values());
    values.keySet().retainAll(KEYS);
    values.putAll(chosen);
    apply(chosen.keySet(), values);
  }

  private static Map<String, String> settingsOf(Choice choice) {
    return switch (choice) {
      case Choice.Extractive() -> Map.of(BACKEND, "extractive");
      case Choice.Ollama(String model) -> Map.of(BACKEND, "ollama", OLLAMA_MODEL, model);
      case Choice.Gguf(String path) -> Map.of(BACKEND, "native", MODEL_PATH, path);
    };
  }

  @Override
  public synchronized void usePrevious() {
    Map<String, String> values =
        settings.previous().orElseThrow(() -> new Problem(ProblemCode.NO_PREVIOUS_MODEL));
    apply(values.keySet(), values);
  }

  private void apply(Set<String> meant, Map<String, String> values) {
    try {
      Map<String, String> all = new TreeMap<>(settings.values());
      all.keySet().removeAll(KEYS);
      all.putAll(values);
      LoadedConfig next = loaded.with().apply(all);
      meant.forEach(key -> requireTaken(key, values, next));
      ChatBackend backend = opening.open(next.config());
      keep(values, backend);
      loaded = next;
      exchange.accept(backend);
    } catch (BadConfiguration | CannotStart e) {
      throw new Problem(ProblemCode.MODEL_NOT_USABLE, String.valueOf(e.getMessage()));
    }
  }

  private void keep(Map<String, String> values, ChatBackend backend) {
    try {
      settings.change(Set.copyOf(KEYS), values);
    } catch (UncheckedIOException | BadConfiguration e) {
      backend.close();
      throw e;
    }
  }

  private void requireTaken(String key, Map<String, String> values, LoadedConfig next) {
    String place = next.locked().get(key);
    if (place != null && !isTaken(key, values.get(key), next)) {
      throw new Problem(ProblemCode.SETTING_LOCKED, "zhiku." + key, place);
    }
  }

  /** A key that is locked with the very value that is wanted is in nobody's way. */
  private static boolean isTaken(String key, @Nullable String wanted, LoadedConfig next) {
    GeneratorConfig generator = next.config().generator();
    return switch (key) {
      case BACKEND -> generator.backend().name().equalsIgnoreCase(wanted);
      case OLLAMA_MODEL -> generator.ollama().model().equals(wanted);
      default ->
          wanted != null
              && generator
                  .native_()
                  .modelPath()
                  .filter(path -> path.equals(next.config().data().resolve(wanted)))
                  .isPresent();
    };
  }
}

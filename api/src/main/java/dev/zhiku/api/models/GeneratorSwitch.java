package dev.zhiku.api.models;

import dev.zhiku.api.answer.ChatBackend;
import dev.zhiku.api.answer.GeneratorConfig;
import dev.zhiku.api.config.BadConfiguration;
import dev.zhiku.api.config.LoadedConfig;
import dev.zhiku.api.config.SettingsFile;
import dev.zhiku.api.http.Problem;
import dev.zhiku.api.http.ProblemCode;
import dev.zhiku.api.start.CannotStart;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who writes: keeps the choice for the next start and exchanges the running backend.
 * Thread-safe.
 */
public final class GeneratorSwitch {
  static final String BACKEND = "generator.backend";
  static final String OLLAMA_MODEL = "generator.ollama.model";
  static final String MODEL_PATH = "generator.native.model-path";

  /** Keys that a choice sets, without the prefix. */
  static final List<String> KEYS = List.of(BACKEND, OLLAMA_MODEL, MODEL_PATH);

  private final Opening opening;
  private final Consumer<ChatBackend> exchange;
  private final SettingsFile settings;
  private LoadedConfig loaded;

  /** Makes the backend of a configuration. */
  public interface Opening {
    /**
     * @throws CannotStart if something that is named cannot be used
     */
    ChatBackend open(GeneratorConfig config);
  }

  /**
   * @param loaded what the service was started with
   * @param exchange takes the new backend into service
   */
  public GeneratorSwitch(LoadedConfig loaded, Opening opening, Consumer<ChatBackend> exchange) {
    this.loaded = loaded;
    this.opening = opening;
    this.exchange = exchange;
    this.settings = new SettingsFile(loaded.config().data());
  }

  /** What is in use. */
  public synchronized GeneratorConfig now() {
    return loaded.config().generator();
  }

  /** Those of {@link #KEYS} that cannot be changed here, with the place that sets them. */
  public synchronized Map<String, String> locked() {
    Map<String, String> locked = new TreeMap<>(loaded.locked());
    locked.keySet().retainAll(KEYS);
    return locked;
  }

  /** Whether there is a choice to go back to. */
  public synchronized boolean hasPrevious() {
    return settings.previous().isPresent();
  }

  /**
   * Uses another generator from the next question on.
   *
   * @param choice values of some of {@link #KEYS}
   * @throws Problem if a key of it is locked with another value, or the generator cannot be made;
   *     then nothing has changed
   */
  public synchronized void use(Map<String, String> choice) {
    Map<String, String> values = new TreeMap<>(settings.values());
    values.keySet().retainAll(KEYS);
    values.putAll(choice);
    apply(choice.keySet(), values);
  }

  /**
   * Goes back to what was used before the last change.
   *
   * @throws Problem if there is nothing, or as with {@link #use}
   */
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
      ChatBackend backend = opening.open(next.config().generator());
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

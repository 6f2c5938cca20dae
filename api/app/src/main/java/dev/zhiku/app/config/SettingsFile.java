package dev.zhiku.app.config;

import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Keys that page and command line change, in a file of the data folder that is read after the
 * defaults and before the user's own: those win. Beside it lies what some of its keys were before
 * the last change. Writing is all or nothing. Used by one thread at a time.
 */
public final class SettingsFile {
  /** Name of the file in the data folder. */
  public static final String FILE_NAME = "settings.yml";

  private static final String PREVIOUS_NAME = "settings.previous.yml";
  private static final String HEAD =
      "# Written by Zhiku. Keys in your own zhiku.yml win over these.\n";

  private final Path file;
  private final Path previous;

  public SettingsFile(Path data) {
    this.file = data.resolve(FILE_NAME);
    this.previous = data.resolve(PREVIOUS_NAME);
  }

  /**
   * What the file sets, by keys without the prefix.
   *
   * @throws BadConfiguration if it cannot be read
   */
  public Map<String, String> values() {
    return read(file);
  }

  /**
   * What the keys of the last {@link #change} were before it; those that were not set are missing.
   * Empty if there was no change.
   *
   * @throws BadConfiguration if it cannot be read
   */
  public Optional<Map<String, String>> previous() {
    return Files.exists(previous) ? Optional.of(read(previous)) : Optional.empty();
  }

  /**
   * Sets some keys and leaves the others as they are.
   *
   * @param keys that are meant; those without a value are set no longer
   * @param values by keys without the prefix
   * @throws BadConfiguration if the file there is cannot be read; nothing is written
   * @throws UncheckedIOException if it cannot be written; it is as before
   */
  public void change(Set<String> keys, Map<String, String> values) {
    Map<String, String> all = new TreeMap<>(values());
    Map<String, String> before =
        all.entrySet().stream()
            .filter(entry -> keys.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    all.keySet().removeAll(keys);
    all.putAll(values);
    try {
      write(previous, before);
      write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Sets one key, or sets it no longer, and leaves the others and what was before the last {@link
   * #change} as they are.
   *
   * @throws BadConfiguration if the file there is cannot be read; nothing is written
   * @throws UncheckedIOException if it cannot be written; it is as before
   */
  public void set(String key, Optional<String> value) {
    Map<String, String> all = new TreeMap<>(values());
    all.remove(key);
    value.ifPresent(text -> all.put(key, text));
    try {
      write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> values = new TreeMap<>();
    if (Files.exists(file)) {
      ConfigLayer.ofFile(file)
          .values()
          .forEach(
              (key, value) -> {
                if (value != null) {
                  values.put(key, text(value));
                }
              });
    }
    return values;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : value.toString();
  }

  private static void write(Path file, Map<String, String> values) throws IOException {
    Map<String, Object> root = new TreeMap<>();
    values.forEach((key, value) -> put(root, key, value));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    String text = HEAD + new Yaml(options).dump(Map.of("zhiku", root));
    DurableFile.write(file, text);
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> group, String key, String value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      group.put(key, value);
    } else {
      Object below = group.computeIfAbsent(key.substring(0, dot), k -> new TreeMap<>());
      put((Map<String, Object>) below, key.substring(dot + 1), value);
    }
  }
}

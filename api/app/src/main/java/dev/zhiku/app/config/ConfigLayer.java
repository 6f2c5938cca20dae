package dev.zhiku.app.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Settings from one place. Keys are without the prefix {@code zhiku.}, parts joined by dots; values
 * are YAML scalars, lists, or null for "as if not set".
 *
 * @param name shown in messages
 * @param folder relative paths of this layer resolve against it
 */
record ConfigLayer(String name, Path folder, Map<String, @Nullable Object> values) {
  private static final String ROOT = "zhiku";
  private static final int MOST_BYTES = 1 << 20;

  /** Reads the {@code zhiku:} part of a YAML file; other parts are a problem. */
  static ConfigLayer ofFile(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    String name = file.toString();
    try {
      if (Files.size(absolute) > MOST_BYTES) {
        throw bad(name, "the file has more than " + MOST_BYTES + " bytes");
      }
      Reader text = new StringReader(Files.readString(absolute));
      return new ConfigLayer(name, parentOf(absolute), flatRoot(name, parse(text)));
    } catch (MalformedInputException e) {
      throw bad(name, "the file is not in UTF-8; save it in UTF-8");
    } catch (YAMLException e) {
      throw bad(name, "the file is not YAML: " + e.getMessage());
    } catch (IOException e) {
      throw bad(name, "the file cannot be read: " + e);
    }
  }

  /** Reads the packaged defaults, whose other parts are for the framework. */
  static ConfigLayer ofDefaults(Reader reader, Path folder) {
    Object document = parse(reader);
    Object root = document instanceof Map<?, ?> map ? map.get(ROOT) : null;
    return new ConfigLayer("defaults", folder, flatten(root));
  }

  private static Path parentOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static @Nullable Object parse(Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(10);
    return new Yaml(new SafeConstructor(options)).load(reader);
  }

  private static Map<String, @Nullable Object> flatRoot(String name, @Nullable Object document) {
    if (document == null) {
      return Map.of();
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw bad(name, "the file must begin with the key zhiku:");
    }
    List<String> others =
        map.keySet().stream().map(String::valueOf).filter(k -> !k.equals(ROOT)).toList();
    if (!others.isEmpty()) {
      throw bad(
          name, "every key stands under zhiku:, not at the top: " + String.join(", ", others));
    }
    return flatten(map.get(ROOT));
  }

  private static Map<String, @Nullable Object> flatten(@Nullable Object root) {
    Map<String, @Nullable Object> flat = new TreeMap<>();
    if (root != null) {
      flattenInto("", root, flat);
    }
    return flat;
  }

  private static void flattenInto(
      String key, @Nullable Object value, Map<String, @Nullable Object> flat) {
    if (value instanceof Map<?, ?> map && (key.isEmpty() || !map.isEmpty())) {
      String prefix = key.isEmpty() ? "" : key + ".";
      map.forEach((k, v) -> flattenInto(prefix + k, v, flat));
    } else {
      flat.put(key, value);
    }
  }

  /** A layer of single values given on the command line. */
  static ConfigLayer ofOptions(Path workingFolder, Map<String, String> options) {
    return new ConfigLayer("command line", workingFolder, new LinkedHashMap<>(options));
  }

  /** The same layer with one key left out. */
  ConfigLayer without(String key) {
    Map<String, @Nullable Object> rest = new TreeMap<>(values);
    rest.remove(key);
    return new ConfigLayer(name, folder, rest);
  }

  private static BadConfiguration bad(String name, String message) {
    return new BadConfiguration(List.of(new ConfigProblem(name, message)));
  }
}

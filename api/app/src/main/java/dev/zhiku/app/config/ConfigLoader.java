package dev.zhiku.app.config;

import dev.zhiku.answering.problem.NearestName;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configuration together: packaged defaults, then {@link SettingsFile what the service
 * wrote itself}, then {@code zhiku.yml} or the file named by {@code --config}, then environment
 * variables ({@code ZHIKU_SERVER_PORT}), then options.
 */
public final class ConfigLoader {
  private static final String DEFAULTS = "/defaults.yml";
  private static final String DEFAULT_FILE = "zhiku.yml";
  private static final String DATA = "data";
  private static final String ENVIRONMENT_PREFIX = "ZHIKU_";

  /** Read by the launcher script and by clients, not by the service. */
  private static final Set<String> OTHERS_VARIABLES = Set.of("ZHIKU_JAVA_OPTS", "ZHIKU_KEY");

  private final Path workingFolder;
  private final Map<String, String> environment;

  public ConfigLoader(Path workingFolder, Map<String, String> environment) {
    this.workingFolder = workingFolder.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
  }

  /** Every key there is, without the prefix, such as {@code server.port}. */
  public static Set<String> keys() {
    return ConfigBinder.keysOf(ZhikuConfig.class);
  }

  /**
   * Those of them whose values are numbers, times, durations, or chosen among a few words: none
   * names a file, a program, a person or an address.
   */
  public static Set<String> plainKeys() {
    return ConfigBinder.plainKeysOf(ZhikuConfig.class);
  }

  /**
   * @param file from {@code --config}
   * @param options keys without the prefix, such as {@code server.port}
   * @throws BadConfiguration naming every problem
   */
  public ZhikuConfig load(Optional<Path> file, Map<String, String> options) {
    return read(file, options).config();
  }

  /**
   * Like {@link #load}, with what an administrator cannot change from within the service.
   *
   * @throws BadConfiguration naming every problem
   */
  public LoadedConfig read(Optional<Path> file, Map<String, String> options) {
    return read(file, options, Optional.empty());
  }

  private LoadedConfig read(
      Optional<Path> file, Map<String, String> options, Optional<Map<String, String>> settings) {
    Optional<Path> chosen = file.map(workingFolder::resolve).or(this::fileInWorkingFolder);
    Path folder =
        chosen.map(Path::getParent).filter(Objects::nonNull).orElse(workingFolder).normalize();
    List<ConfigProblem> problems = new ArrayList<>();
    List<ConfigLayer> layers = new ArrayList<>();
    layers.add(defaults(folder));
    chosen.ifPresent(path -> addFile(path, layers, problems));
    layers.add(environmentLayer(problems));
    layers.add(ConfigLayer.ofOptions(workingFolder, options));
    if (layers.stream().skip(1).anyMatch(ConfigLoader::listsSources)) {
      layers.set(0, layers.getFirst().without("folder"));
    }
    Map<String, String> locked = setBy(layers.subList(1, layers.size()));
    dataFolder(layers).ifPresent(data -> addSettings(data, settings, layers, problems));
    return new LoadedConfig(
        bind(layers, problems),
        locked,
        winning(layers),
        values -> read(file, options, Optional.of(values)));
  }

  private static Map<String, String> winning(List<ConfigLayer> layers) {
    Map<String, String> winning = new TreeMap<>();
    for (ConfigLayer layer : layers) {
      layer
          .values()
          .forEach(
              (key, value) -> {
                if (value == null) {
                  winning.remove(key);
                } else {
                  winning.put(key, text(value));
                }
              });
    }
    return winning;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : value.toString();
  }

  private static Map<String, String> setBy(List<ConfigLayer> layers) {
    Map<String, String> names = new TreeMap<>();
    layers.forEach(layer -> layer.values().keySet().forEach(key -> names.put(key, layer.name())));
    return names;
  }

  /** Right after the defaults. */
  private static void addSettings(
      Path data,
      Optional<Map<String, String>> given,
      List<ConfigLayer> layers,
      List<ConfigProblem> problems) {
    Path file = data.resolve(SettingsFile.FILE_NAME);
    List<ConfigLayer> settings = new ArrayList<>();
    if (given.isPresent()) {
      settings.add(new ConfigLayer(file.toString(), data, new TreeMap<>(given.get())));
    } else if (Files.exists(file)) {
      addFile(file, settings, problems);
    }
    for (ConfigLayer layer : settings) {
      if (layer.values().containsKey(DATA)) {
        problems.add(
            new ConfigProblem(layer.name(), "zhiku.data cannot be set in the data folder itself"));
      }
      layers.add(1, layer.without(DATA));
    }
  }

  /** Empty if it is set to what is no path, which is reported with everything else. */
  private static Optional<Path> dataFolder(List<ConfigLayer> layers) {
    Optional<Path> folder = Optional.empty();
    for (ConfigLayer layer : layers) {
      Object value = layer.values().get(DATA);
      if (value != null) {
        try {
          folder = Optional.of((Path) ConfigValue.read(Path.class, DATA, value, layer.folder()));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
    }
    return folder;
  }

  private static boolean listsSources(ConfigLayer layer) {
    return layer.values().get("sources") instanceof List<?> sources && !sources.isEmpty();
  }

  private static void addFile(Path path, List<ConfigLayer> layers, List<ConfigProblem> problems) {
    try {
      layers.add(ConfigLayer.ofFile(path));
    } catch (BadConfiguration e) {
      problems.addAll(e.problems());
    }
  }

  private static ZhikuConfig bind(List<ConfigLayer> layers, List<ConfigProblem> problems) {
    try {
      ZhikuConfig config = new ConfigBinder(ZhikuConfig.class, layers).bind(ZhikuConfig.class);
      if (problems.isEmpty()) {
        return config;
      }
    } catch (BadConfiguration e) {
      problems.addAll(e.problems());
    }
    throw new BadConfiguration(problems);
  }

  private Optional<Path> fileInWorkingFolder() {
    Path file = workingFolder.resolve(DEFAULT_FILE);
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  private static ConfigLayer defaults(Path folder) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(ConfigLoader.class.getResourceAsStream(DEFAULTS)),
            StandardCharsets.UTF_8)) {
      return ConfigLayer.ofDefaults(reader, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged defaults cannot be read", e);
    }
  }

  private ConfigLayer environmentLayer(List<ConfigProblem> problems) {
    Map<String, String> keys =
        keys().stream().collect(Collectors.toMap(ConfigLoader::variableOf, key -> key));
    Map<String, @Nullable Object> values = new TreeMap<>();
    environment.forEach(
        (variable, value) -> {
          if (!variable.startsWith(ENVIRONMENT_PREFIX) || OTHERS_VARIABLES.contains(variable)) {
            return;
          }
          String key = keys.get(variable);
          if (key == null) {
            problems.add(
                new ConfigProblem(
                    "environment",
                    variable
                        + " is not a variable"
                        + NearestName.hint(variable, keys.keySet(), "")));
          } else {
            values.put(key, value);
          }
        });
    return new ConfigLayer("environment", workingFolder, values);
  }

  private static String variableOf(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}

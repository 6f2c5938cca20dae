package dev.zhiku.app.config;

import dev.zhiku.answering.problem.NearestName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes configuration records from layers of settings. A record component {@code maxFileBytes} is
 * the key {@code max-file-bytes}; later layers win. Collects every problem instead of stopping at
 * the first.
 */
final class ConfigBinder {
  private static final String PREFIX = "zhiku.";

  private final Map<String, Setting> settings = new TreeMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Set<String> knownKeys;

  /** A value and the layer it is from. */
  private record Setting(ConfigLayer layer, Object value) {}

  ConfigBinder(Class<? extends Record> root, List<ConfigLayer> layers) {
    knownKeys = keysOf(root);
    layers.forEach(this::add);
  }

  /** Keys of the leaves of a configuration record, without the prefix. */
  static Set<String> keysOf(Class<?> root) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : root.getRecordComponents()) {
      String key = kebab(component.getName());
      if (component.getType().isRecord()) {
        keysOf(component.getType()).forEach(k -> keys.add(key + "." + k));
      } else {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Those of them whose values are numbers, times, durations, or chosen among a few words. */
  static Set<String> plainKeysOf(Class<?> root) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : root.getRecordComponents()) {
      String key = kebab(component.getName());
      if (component.getType().isRecord()) {
        plainKeysOf(component.getType()).forEach(k -> keys.add(key + "." + k));
      } else if (isPlain(component.getGenericType())) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Of an optional value or a list, what it holds. */
  private static boolean isPlain(Type type) {
    if (type instanceof ParameterizedType of) {
      return isPlain(of.getActualTypeArguments()[0]);
    }
    return type instanceof Class<?> kind
        && (kind.isPrimitive()
            || kind.isEnum()
            || Number.class.isAssignableFrom(kind)
            || kind == Boolean.class
            || kind == Duration.class
            || kind == LocalTime.class);
  }

  private void add(ConfigLayer layer) {
    layer
        .values()
        .forEach(
            (key, value) -> {
              if (!knownKeys.contains(key)) {
                unknown(layer, "", key, knownKeys);
              } else if (value == null) {
                settings.remove(key);
              } else {
                settings.put(key, new Setting(layer, value));
              }
            });
  }

  private void unknown(ConfigLayer layer, String inside, String key, Set<String> known) {
    boolean isGroup = known.stream().anyMatch(k -> k.startsWith(key + "."));
    String hint =
        isGroup
            ? " has keys of its own and takes no value itself"
            : " is not a key" + NearestName.hint(key, known, PREFIX + inside);
    report(layer, PREFIX + inside + key + hint);
  }

  private void report(ConfigLayer layer, String message) {
    problems.add(new ConfigProblem(layer.name(), message));
  }

  /**
   * @throws BadConfiguration with every problem, if there is one
   */
  <R extends Record> R bind(Class<R> root) {
    Optional<R> bound = bindRecord(root, "", settings);
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems);
    }
    return bound.orElseThrow();
  }

  private <R> Optional<R> bindRecord(Class<R> type, String prefix, Map<String, Setting> values) {
    RecordComponent[] components = type.getRecordComponents();
    List<Object> arguments = new ArrayList<>();
    for (RecordComponent component : components) {
      bindComponent(component, prefix, values).ifPresent(arguments::add);
    }
    return arguments.size() == components.length
        ? construct(type, components, prefix, values, arguments)
        : Optional.empty();
  }

  private Optional<Object> bindComponent(
      RecordComponent component, String prefix, Map<String, Setting> values) {
    String key = prefix + kebab(component.getName());
    if (component.getType().isRecord()) {
      return bindRecord(component.getType(), key + ".", values).map(Object.class::cast);
    }
    @Nullable Setting setting = values.get(key);
    if (component.getType() == Optional.class) {
      return setting == null
          ? Optional.of(Optional.empty())
          : read(typeArgument(component), key, component, setting).map(Optional::of);
    }
    if (component.getType() == List.class) {
      return setting == null
          ? Optional.of(List.of())
          : readList(typeArgument(component), key, component, setting).map(Object.class::cast);
    }
    if (setting == null) {
      problems.add(new ConfigProblem("configuration", PREFIX + key + " must be set"));
      return Optional.empty();
    }
    return read(component.getType(), key, component, setting);
  }

  private static Class<?> typeArgument(RecordComponent component) {
    Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    return (Class<?>) argument;
  }

  private Optional<Object> read(
      Class<?> type, String key, RecordComponent component, Setting setting) {
    try {
      return Optional.of(
          ConfigValue.read(type, component.getName(), setting.value(), setting.layer().folder()));
    } catch (IllegalArgumentException e) {
      report(setting.layer(), PREFIX + key + " must be " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<List<Object>> readList(
      Class<?> type, String key, RecordComponent component, Setting setting) {
    List<Object> elements = new ArrayList<>();
    List<?> given = elementsOf(setting.value());
    for (int i = 0; i < given.size(); i++) {
      Object element = given.get(i);
      String place = key + "[" + i + "]";
      (type.isRecord()
              ? readElement(type, place, new Setting(setting.layer(), element))
              : read(type, place, component, new Setting(setting.layer(), element)))
          .ifPresent(elements::add);
    }
    return elements.size() == given.size() ? Optional.of(elements) : Optional.empty();
  }

  private static List<?> elementsOf(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return Arrays.stream(String.valueOf(value).split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private Optional<Object> readElement(Class<?> type, String place, Setting setting) {
    if (!(setting.value() instanceof Map<?, ?> map)) {
      report(
          setting.layer(),
          PREFIX + place + " must be a group of keys: " + String.join(", ", keysOf(type)));
      return Optional.empty();
    }
    Set<String> known = keysOf(type);
    Map<String, Setting> values = new LinkedHashMap<>();
    map.forEach(
        (k, v) -> {
          String key = String.valueOf(k);
          if (!known.contains(key)) {
            unknown(setting.layer(), place + ".", key, known);
          } else if (v != null) {
            values.put(place + "." + key, new Setting(setting.layer(), v));
          }
        });
    return bindRecord(type, place + ".", values).map(Object.class::cast);
  }

  private <R> Optional<R> construct(
      Class<R> type,
      RecordComponent[] components,
      String prefix,
      Map<String, Setting> values,
      List<Object> arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(arguments.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        problems.add(
            new ConfigProblem(layersOf(prefix, values), String.valueOf(rule.getMessage())));
        return Optional.empty();
      }
      throw new IllegalStateException(type + " could not be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must be a public record", e);
    }
  }

  /** The places that set something in this record, beside the defaults. */
  private static String layersOf(String prefix, Map<String, Setting> values) {
    String layers =
        values.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(e -> e.getValue().layer().name())
            .filter(name -> !name.equals("defaults"))
            .distinct()
            .collect(Collectors.joining(", "));
    return layers.isEmpty() ? "defaults" : layers;
  }

  /** A trailing underscore only keeps a component's name apart from Java's keywords. */
  private static String kebab(String name) {
    return name.replaceAll("_$", "")
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}

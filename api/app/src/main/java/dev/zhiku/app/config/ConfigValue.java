package dev.zhiku.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads single values: numbers, sizes, durations, paths, labels. */
final class ConfigValue {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  private ConfigValue() {}

  /**
   * @param name of the record component: one that ends in {@code Bytes} may have a unit
   * @param folder relative paths resolve against it
   * @throws IllegalArgumentException whose message completes "… must be"
   */
  static Object read(Class<?> type, String name, Object value, Path folder) {
    String text = String.valueOf(value).strip();
    if (type == String.class) {
      return text;
    } else if (type == boolean.class || type == Boolean.class) {
      return readBoolean(text);
    } else if (type == int.class || type == Integer.class) {
      return readInt(text);
    } else if (type == long.class && name.endsWith("Bytes")) {
      return readSize(text);
    } else if (type == Duration.class) {
      return readDuration(text);
    } else if (type == Path.class) {
      return readPath(text, folder);
    } else if (type == URI.class) {
      return readUri(text);
    } else if (type.isEnum()) {
      return readLabel(type, text);
    }
    throw new IllegalStateException("no reader for " + type + " " + name);
  }

  private static boolean readBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false, got " + text);
    };
  }

  private static int readInt(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a whole number, got " + text, e);
    }
  }

  private static long readSize(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size such as 512MB (B, KB, MB, GB), got " + text);
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
    int shift =
        switch (unit) {
          case "KB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          default -> 0;
        };
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a size below 8 EB, got " + text, e);
    }
  }

  private static Duration readDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a duration such as 30s (ms, s, m, h, d), got " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Path readPath(String text, Path folder) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a path, got nothing");
    }
    try {
      return folder.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("a path, got " + text, e);
    }
  }

  private static URI readUri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || isHttps(uri))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("an http or https address, got " + text, e);
    }
    throw new IllegalArgumentException("an http or https address, got " + text);
  }

  private static boolean isHttps(URI uri) {
    return "https".equals(uri.getScheme());
  }

  private static Object readLabel(Class<?> type, String text) {
    Object[] labels = type.getEnumConstants();
    return Arrays.stream(labels)
        .filter(label -> labelOf(label).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of "
                        + Arrays.stream(labels)
                            .map(ConfigValue::labelOf)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + text));
  }

  private static String labelOf(Object label) {
    return ((Enum<?>) label).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

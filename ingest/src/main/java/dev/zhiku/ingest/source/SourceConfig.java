package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder whose files are answered from.
 *
 * @param name as {@link #isName} wants it
 * @param path of the folder; need not exist yet
 * @param readOnly the service never writes there
 * @param include globs; empty for every file. One without {@code /} is compared with names, one
 *     with it with paths inside the source
 * @param exclude globs, stronger than {@code include}
 * @param scanInterval how often the whole folder is looked through, whatever the system reports
 * @param sample switched off for good when the first file of another source arrives
 */
public record SourceConfig(
    String name,
    Path path,
    boolean readOnly,
    List<String> include,
    List<String> exclude,
    Duration scanInterval,
    boolean sample) {
  /** Longest name, in characters. */
  public static final int MAX_NAME = 64;

  /** Most sources. */
  public static final int MAX_SOURCES = 100;

  public static final Duration DEFAULT_SCAN = Duration.ofSeconds(30);
  private static final Duration MIN_SCAN = Duration.ofSeconds(1);
  private static final Duration MAX_SCAN = Duration.ofDays(1);
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,%d}".formatted(MAX_NAME - 1));

  /**
   * @throws IllegalArgumentException naming the rule that is broken
   */
  public SourceConfig {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a source's name is 1 to "
              + MAX_NAME
              + " letters, digits, dots, dashes and underscores, got \""
              + name
              + "\"");
    }
    if (scanInterval.compareTo(MIN_SCAN) < 0 || scanInterval.compareTo(MAX_SCAN) > 0) {
      throw new IllegalArgumentException(
          "scan of source " + name + " must be 1s..1d, got " + scanInterval);
    }
    FileRules.check(name, include);
    FileRules.check(name, exclude);
  }

  /**
   * Whether a source may be called so: letters, digits, dots, dashes and underscores of any script,
   * a letter or digit first, at most {@link #MAX_NAME} characters.
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** A folder with every default, that the service may write to. */
  public static SourceConfig of(String name, Path path) {
    return new SourceConfig(name, path, false, List.of(), List.of(), DEFAULT_SCAN, false);
  }

  /** The same folder, marked as samples. */
  public SourceConfig asSample() {
    return new SourceConfig(name, path, true, include, exclude, scanInterval, true);
  }

  /**
   * Checks that the sources fit together.
   *
   * @throws IllegalArgumentException if two have one name, or one lies inside another
   */
  public static void checkTogether(List<SourceConfig> sources) {
    if (sources.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(
          "at most " + MAX_SOURCES + " sources, got " + sources.size());
    }
    Set<String> names = new HashSet<>();
    for (SourceConfig source : sources) {
      if (!names.add(source.name())) {
        throw new IllegalArgumentException("two sources are named " + source.name());
      }
      sources.stream()
          .filter(other -> !other.name().equals(source.name()))
          .forEach(source::refuseOverlap);
    }
  }

  private void refuseOverlap(SourceConfig other) {
    if (real(other.path()).startsWith(real(path))) {
      throw new IllegalArgumentException(
          "the source "
              + other.name()
              + " ("
              + other.path()
              + ") lies inside the source "
              + name
              + " ("
              + path
              + "): each file would be there twice. Leave one of them out.");
    }
  }

  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException e) {
      return absolute;
    }
  }
}

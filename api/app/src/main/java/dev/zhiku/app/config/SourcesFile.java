package dev.zhiku.app.config;

import dev.zhiku.index.file.DurableFile;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file of the data folder with what an administrator said of sources while the service ran.
 * Written whole each time, durable when that returns. Used by one thread at a time.
 */
public final class SourcesFile {
  /** Name of the file in the data folder. */
  public static final String FILE_NAME = "sources.yml";

  private static final String HEAD =
      "# Written by ./zhiku source and POST /sources. Stop the service before you change it.\n";
  private static final String ADDED = "added";
  private static final String STANDINGS = "standings";
  private static final String SAMPLES = "samples";

  private final Path file;

  public SourcesFile(Path data) {
    this.file = data.resolve(FILE_NAME);
  }

  /** What was said of the samples. */
  public enum Samples {
    /** They go with the first file of the user. */
    AUTO,
    /** They stay beside the user's files. */
    KEPT,
    /** They went because somebody said so. */
    GONE
  }

  /**
   * What the file holds.
   *
   * @param added in the order in which they were added
   * @param standings by name, of those that are not watched
   */
  public record Content(
      List<SourceConfig> added, Map<String, Standing> standings, Samples samples) {
    /** Before anybody said anything. */
    public static final Content NONE = new Content(List.of(), Map.of(), Samples.AUTO);

    public Content {
      added = List.copyOf(added);
      standings = Map.copyOf(standings);
    }

    /** With one more. */
    public Content with(SourceConfig source) {
      List<SourceConfig> more = new ArrayList<>(added);
      more.add(source);
      return new Content(more, standings, samples);
    }

    /** Without anything about this one. */
    public Content without(String name) {
      return new Content(
              added.stream().filter(source -> !source.name().equals(name)).toList(),
              standings,
              samples)
          .with(name, Standing.WATCHED);
    }

    /** With another standing. */
    public Content with(String name, Standing standing) {
      Map<String, Standing> next = new TreeMap<>(standings);
      if (standing == Standing.WATCHED) {
        next.remove(name);
      } else {
        next.put(name, standing);
      }
      return new Content(added, next, samples);
    }

    /** With another word about the samples. */
    public Content with(Samples said) {
      return new Content(added, standings, said);
    }
  }

  /**
   * What was written last; {@link Content#NONE} if there is no file.
   *
   * @throws BadConfiguration if it cannot be read: what it says of documents is not guessed
   */
  public Content read() {
    if (!Files.exists(file)) {
      return Content.NONE;
    }
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object document = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      return content(map(document));
    } catch (IOException | YAMLException | IllegalArgumentException | ClassCastException e) {
      throw new BadConfiguration(
          List.of(
              new ConfigProblem(file.toString(), "the file cannot be read: " + e.getMessage())));
    }
  }

  private static Content content(Map<?, ?> document) {
    List<SourceConfig> added = new ArrayList<>();
    for (Object one : list(document.get(ADDED))) {
      added.add(source(map(one)));
    }
    Map<String, Standing> standings = new TreeMap<>();
    map(document.get(STANDINGS))
        .forEach(
            (name, standing) -> standings.put(name.toString(), Standing.valueOf(upper(standing))));
    Samples samples =
        Optional.ofNullable(document.get(SAMPLES))
            .map(said -> Samples.valueOf(upper(said)))
            .orElse(Samples.AUTO);
    return new Content(added, standings, samples);
  }

  private static SourceConfig source(Map<?, ?> fields) {
    return new SourceConfig(
        text(fields, "name"),
        Path.of(text(fields, "path")),
        Boolean.TRUE.equals(fields.get("read-only")),
        list(fields.get("include")).stream().map(String::valueOf).toList(),
        list(fields.get("exclude")).stream().map(String::valueOf).toList(),
        Duration.ofSeconds(Long.parseLong(text(fields, "scan-seconds"))),
        false);
  }

  private static String text(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.toString();
  }

  private static String upper(@Nullable Object value) {
    return String.valueOf(value).toUpperCase(Locale.ROOT);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  /**
   * Puts another content in the place of that before.
   *
   * @throws UncheckedIOException if it cannot be written; the content is as before
   */
  public void write(Content content) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(ADDED, content.added().stream().map(SourcesFile::fields).toList());
    Map<String, String> standings = new TreeMap<>();
    content.standings().forEach((name, standing) -> standings.put(name, standing.wireName()));
    root.put(STANDINGS, standings);
    root.put(SAMPLES, content.samples().name().toLowerCase(Locale.ROOT));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    try {
      DurableFile.write(file, HEAD + new Yaml(options).dump(root));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static Map<String, Object> fields(SourceConfig source) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", source.name());
    fields.put("path", source.path().toString());
    fields.put("read-only", source.readOnly());
    fields.put("include", source.include());
    fields.put("exclude", source.exclude());
    fields.put("scan-seconds", source.scanInterval().toSeconds());
    return fields;
  }
}

package dev.zhiku.app.support;

import dev.zhiku.app.config.ZhikuConfig;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file for whoever helps: how the service and its machine are, and nothing that is in documents,
 * questions or answers, or that users named. Nothing of it is sent anywhere.
 */
public final class SupportBundle {
  private static final List<String> FOLDERS =
      List.of("audit", "backups", "db", "index", "logs", "models", "trash");
  private static final int MOST_LOGS = 20;

  private final ZhikuConfig config;
  private final String version;

  public SupportBundle(ZhikuConfig config, String version) {
    this.config = config;
    this.version = version;
  }

  /**
   * What a running service says.
   *
   * @param status of {@code GET /status}
   * @param ready of {@code GET /health/ready}
   * @param metrics of {@code GET /metrics}
   */
  public record Said(
      Map<String, @Nullable Object> status, Map<String, @Nullable Object> ready, String metrics) {}

  /**
   * Writes it.
   *
   * @param said empty if the service does not run
   * @return the names of what is in it
   */
  public List<String> write(Path file, Optional<Said> said) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("about.json", json(about()));
    parts.put(
        "configuration.txt",
        FactsWithoutWords.ofConfiguration(config).entrySet().stream()
            .map(fact -> fact.getKey() + " = " + fact.getValue() + "\n")
            .collect(Collectors.joining()));
    if (said.isPresent()) {
      parts.put("status.json", json(FactsWithoutWords.of(said.get().status(), "")));
      parts.put("ready.json", json(FactsWithoutWords.of(said.get().ready(), "")));
      parts.put("metrics.txt", said.get().metrics());
    }
    parts.put("log.txt", log());
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return List.copyOf(parts.keySet());
  }

  private static String json(@Nullable Object value) throws IOException {
    return JsonMapper.createDefault().writeValueAsString(value) + "\n";
  }

  private Map<String, Object> about() throws IOException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("version", version);
    for (String property :
        List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch")) {
      about.put(property, System.getProperty(property, ""));
    }
    about.put("cores", Runtime.getRuntime().availableProcessors());
    for (String folder : FOLDERS) {
      about.put(folder + "_bytes", size(config.data().resolve(folder)));
    }
    if (Files.isDirectory(config.data())) {
      about.put("disk_free_bytes", Files.getFileStore(config.data()).getUsableSpace());
    }
    return about;
  }

  private static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += sizeOf(file);
      }
    }
    return bytes;
  }

  /** What goes while it is counted counts nothing. */
  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private String log() throws IOException {
    Path folder = config.data().resolve("logs");
    if (!Files.isDirectory(folder)) {
      return "";
    }
    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : all.subList(Math.max(0, all.size() - MOST_LOGS), all.size())) {
        text(file)
            .lines()
            .forEach(
                line ->
                    LogWithoutWords.line(line).ifPresent(kept -> log.append(kept).append('\n')));
      }
    }
    return log.toString();
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

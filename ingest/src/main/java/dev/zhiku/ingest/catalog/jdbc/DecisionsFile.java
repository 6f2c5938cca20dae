package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.file.DurableFile;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.SourceRecord;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the {@link Decisions}: properties under a line with their SHA-256, always written
 * whole beside the one before, which is kept in case that the new one is damaged.
 */
record DecisionsFile(Path file, Path before) {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionsFile.class);
  private static final String SEAL = "# sha256 ";
  private static final String PAUSED = "paused";
  private static final String SOURCE = "source.";

  DecisionsFile(Path directory) {
    this(
        directory.resolve("decisions.properties"),
        directory.resolve("decisions.before.properties"));
  }

  /**
   * What is in it.
   *
   * @param sources by name, as {@link #kept} leaves them
   */
  record Content(boolean paused, Map<String, SourceRecord> sources) {
    static final Content NONE = new Content(false, Map.of());

    Content {
      sources = Map.copyOf(sources);
    }
  }

  /** Without what the next scan finds out by itself. */
  static SourceRecord kept(SourceRecord source) {
    return new SourceRecord(
        source.name(),
        source.root(),
        source.rootKey(),
        source.online(),
        source.held(),
        source.held() || source.off() ? source.detail() : Phrase.NONE,
        Optional.empty(),
        0,
        0,
        source.confirmed(),
        source.off());
  }

  /** The newest content that is as it was written; none if there is no such. */
  Content read() {
    return read(file).or(() -> read(before)).orElse(Content.NONE);
  }

  private static Optional<Content> read(Path path) {
    try {
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      String text = Files.readString(path);
      int end = text.indexOf('\n') + 1;
      String body = text.substring(end);
      if (!text.substring(0, end).equals(SEAL + sha256(body) + "\n")) {
        LOG.warn("{} is damaged and is not read.", path);
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(new StringReader(body));
      return Optional.of(content(properties));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read: {}", path, e.toString());
      return Optional.empty();
    }
  }

  private static Content content(Properties properties) {
    Map<String, SourceRecord> sources = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(SOURCE) && key.endsWith(".root")) {
        String name = key.substring(SOURCE.length(), key.length() - ".root".length());
        sources.put(name, source(name, properties));
      }
    }
    return new Content(Boolean.parseBoolean(properties.getProperty(PAUSED)), sources);
  }

  private static SourceRecord source(String name, Properties properties) {
    String prefix = SOURCE + name + ".";
    return new SourceRecord(
        name,
        properties.getProperty(prefix + "root", ""),
        properties.getProperty(prefix + "root-key", ""),
        Boolean.parseBoolean(properties.getProperty(prefix + "online")),
        Boolean.parseBoolean(properties.getProperty(prefix + "held")),
        new Phrase(
            properties.getProperty(prefix + "detail", ""),
            properties.getProperty(prefix + "detail-zh", ""),
            properties.getProperty(
                prefix + "detail-zh-hant", properties.getProperty(prefix + "detail-zh", ""))),
        Optional.empty(),
        0,
        0,
        Boolean.parseBoolean(properties.getProperty(prefix + "confirmed")),
        Boolean.parseBoolean(properties.getProperty(prefix + "off")));
  }

  /**
   * Durable when it returns.
   *
   * @throws UncheckedIOException if it could not be written; the content before stays
   */
  void write(Content content) {
    try {
      String body = body(content);
      Path draft = DurableFile.draft(file, SEAL + sha256(body) + "\n" + body);
      if (read(file).isPresent()) {
        Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
      }
      DurableFile.take(draft, file);
    } catch (IOException e) {
      throw new UncheckedIOException("the decisions cannot be written to " + file, e);
    }
  }

  private static String body(Content content) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(PAUSED, Boolean.toString(content.paused()));
    content.sources().values().forEach(source -> put(source, properties));
    StringWriter lines = new StringWriter();
    for (Map.Entry<Object, Object> entry : new TreeMap<>(properties).entrySet()) {
      Properties one = new Properties();
      one.put(entry.getKey(), entry.getValue());
      StringWriter written = new StringWriter();
      one.store(written, null);
      written.toString().lines().filter(line -> !line.startsWith("#")).forEach(lines::write);
      lines.write('\n');
    }
    return lines.toString();
  }

  private static void put(SourceRecord source, Properties properties) {
    String prefix = SOURCE + source.name() + ".";
    properties.setProperty(prefix + "root", source.root());
    properties.setProperty(prefix + "root-key", source.rootKey());
    properties.setProperty(prefix + "online", Boolean.toString(source.online()));
    properties.setProperty(prefix + "held", Boolean.toString(source.held()));
    properties.setProperty(prefix + "detail", source.detail().english());
    properties.setProperty(prefix + "detail-zh", source.detail().chinese());
    properties.setProperty(prefix + "detail-zh-hant", source.detail().traditional());
    properties.setProperty(prefix + "confirmed", Boolean.toString(source.confirmed()));
    properties.setProperty(prefix + "off", Boolean.toString(source.off()));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Puts the content into a catalogue without any. */
  void restore(Connection connection) throws SQLException {
    Content content = read();
    try (PreparedStatement paused =
        connection.prepareStatement("update ledger set paused = ? where id = 1")) {
      paused.setBoolean(1, content.paused());
      paused.executeUpdate();
    }
    List<SourceRecord> sources = List.copyOf(content.sources().values());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into sources (name, place, root, root_key, online, held, detail, detail_zh,"
                + " detail_zh_hant, ignored, files, confirmed, switched_off)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)")) {
      for (int place = 0; place < sources.size(); place++) {
        SourceRow row = SourceRow.of(sources.get(place), place);
        insert.setString(1, row.name());
        insert.setInt(2, row.place());
        insert.setString(3, row.root());
        insert.setString(4, row.rootKey());
        insert.setBoolean(5, row.online());
        insert.setBoolean(6, row.held());
        insert.setString(7, row.detail());
        insert.setString(8, row.detailZh());
        insert.setString(9, row.detailZhHant());
        insert.setBoolean(10, row.confirmed());
        insert.setBoolean(11, row.switchedOff());
        insert.executeUpdate();
      }
    }
  }
}

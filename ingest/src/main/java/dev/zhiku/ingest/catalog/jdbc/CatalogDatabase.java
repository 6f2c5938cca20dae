package dev.zhiku.ingest.catalog.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the catalogue. The catalogue can be rebuilt, so a damaged file is put aside and an
 * empty one takes its place; the documents come back from the index and the folders.
 */
public final class CatalogDatabase {
  /** Name under which Micronaut knows the data source. */
  public static final String DATASOURCE = "catalog";

  /** Flyway's place of the catalogue's migrations. */
  private static final String MIGRATIONS = "classpath:db/catalog/migration";

  private static final String USER = "zhiku";
  private static final List<String> TABLES = List.of("documents", "sources", "ledger");
  private static final int CONNECTIONS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(CatalogDatabase.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private CatalogDatabase() {}

  /**
   * Opens or makes the catalogue's file, reads every row of it once and brings its schema up to
   * date. A file that cannot be read is renamed to {@code catalog.damaged-…} and replaced by an
   * empty one. Afterwards the file is closed again.
   *
   * @param directory where the file lies or shall lie
   * @return properties for the application context, {@code datasources.catalog.*}; with them the
   *     context has a {@code DocumentLedger} bean
   * @throws UncheckedIOException if the directory cannot be written, or another process has the
   *     file open
   */
  public static Map<String, Object> prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
    Path file = directory.resolve("catalog");
    try {
      bringUpToDate(url(file));
    } catch (SQLException | FlywayException damage) {
      refuseIfInUse(directory, damage);
      putAside(directory, damage);
      bringUpToDateAnew(url(file));
    }
    return properties(url(file));
  }

  /** With WRITE_DELAY=0, for H2 otherwise loses acknowledged commits when it is killed. */
  private static String url(Path file) {
    return "jdbc:h2:async:"
        + file.toAbsolutePath().normalize().toString().replace('\\', '/')
        + ";WRITE_DELAY=0;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static Map<String, Object> properties(String url) {
    Map<String, Object> properties = new LinkedHashMap<>();
    String prefix = "datasources." + DATASOURCE + ".";
    properties.put(prefix + "url", url);
    properties.put(prefix + "username", USER);
    properties.put(prefix + "password", "");
    properties.put(prefix + "driver-class-name", "org.h2.Driver");
    properties.put(prefix + "dialect", "ANSI");
    properties.put(prefix + "maximum-pool-size", CONNECTIONS);
    return properties;
  }

  private static void bringUpToDate(String url) throws SQLException {
    Flyway.configure()
        .dataSource(url, USER, "")
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        readThrough(statement, table);
      }
    }
  }

  private static void readThrough(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select * from " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.getObject(i);
        }
      }
    }
  }

  private static void bringUpToDateAnew(String url) {
    try {
      bringUpToDate(url);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make a new catalogue at " + url, e);
    }
  }

  private static void refuseIfInUse(Path directory, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && IN_USE.contains(sql.getErrorCode())) {
        throw new UncheckedIOException(
            new IOException(
                "another process has the catalogue in " + directory + " open", failure));
      }
    }
  }

  /** H2's codes for a locked file. */
  private static final List<Integer> IN_USE = List.of(90020);

  private static void putAside(Path directory, Exception damage) {
    String suffix = "damaged-" + STAMP.format(Instant.now());
    try {
      Files.move(
          directory.resolve("catalog.mv.db"), directory.resolve("catalog." + suffix + ".db"));
      Files.deleteIfExists(directory.resolve("catalog.trace.db"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot put the damaged catalogue aside", e);
    }
    LOG.warn(
        "The catalogue in {} is damaged ({}). It was put aside as catalog.{}.db; a new one is filled"
            + " from the index and the folders.",
        directory,
        damage.getMessage(),
        suffix);
  }
}

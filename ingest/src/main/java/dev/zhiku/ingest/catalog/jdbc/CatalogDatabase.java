package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
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

  /** Property of the context: where the file lies. */
  static final String DIRECTORY = "catalog.directory";

  private static final String NAME = "catalog";

  /** H2 appends it to the name. */
  static final String FILE = ".mv.db";

  private static final String DAMAGED = ".damaged-";

  /** The one user of the database, without a password: whoever can read the file needs none. */
  static final String USER = "zhiku";

  private static final List<String> TABLES = List.of("documents", "sources", "ledger");

  /** More bytes than opening writes, several times over. */
  private static final int PROBE_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CatalogDatabase.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private CatalogDatabase() {}

  /**
   * A catalogue that can be used.
   *
   * @param properties for the application context, which with them has a {@code DocumentLedger}
   *     bean
   * @param damage why the file before was put aside, and where; or that it was gone
   */
  public record Prepared(Map<String, Object> properties, Optional<String> damage) {
    public Prepared {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * Opens or makes the catalogue's file, finds out whether it is what was last written, and brings
   * its schema up to date. A file that is not is renamed to {@code catalog.damaged-….db}, the
   * damaged one before it deleted, and replaced by an empty one: H2 opens damaged files without a
   * word and simply has fewer rows. Three things tell: the seal of the last {@link #seal}, without
   * one reading every row, and an epoch far below the index's. Afterwards the file is closed again.
   *
   * @param directory where the file lies or shall lie
   * @param indexEpoch of the last commit of the index, 0 if it has none
   * @throws UncheckedIOException if the directory cannot be written or has no room for another
   *     file, or another process has the file open
   */
  public static Prepared prepare(Path directory, long indexEpoch) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
    String url = url(directory);
    boolean there = Files.exists(directory.resolve(NAME + FILE));
    Optional<String> damage = damage(directory, url, there, indexEpoch);
    if (damage.isPresent() && there) {
      requireRoom(directory);
      damage = Optional.of(putAside(directory, damage.get()));
      bringUpToDateAnew(url);
    }
    if (damage.isPresent() || !there) {
      restoreDecisions(directory, url);
    }
    return new Prepared(properties(directory), damage);
  }

  /** Leaves an open file alone; otherwise the file is up to date if no damage is found. */
  private static Optional<String> damage(
      Path directory, String url, boolean there, long indexEpoch) {
    CatalogSeal.Found seal = CatalogSeal.of(directory).breakOpen();
    if (seal == CatalogSeal.Found.BROKEN) {
      return Optional.of("its file is not as it was when it was closed");
    }
    try {
      long epoch = bringUpToDate(url, seal == CatalogSeal.Found.INTACT);
      if (epoch + 1 >= indexEpoch) {
        return Optional.empty();
      }
      return Optional.of(
          there
              ? "it ends at epoch " + epoch + ", the index at " + indexEpoch
              : "its file is not there");
    } catch (SQLException | RuntimeException e) {
      letGo(directory);
      refuseIfSound(directory, e);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes down what the file is now, so that the next {@link #prepare} sees whether anything has
   * touched it. Without effect if somebody still has it open; call it when the context is closed.
   */
  public static void seal(Path directory) {
    CatalogSeal.of(directory).write();
  }

  /**
   * Copies the database as of this moment while it is open in this process and goes on being used.
   *
   * @param zip made, with the file as its only entry
   * @throws IllegalStateException if that cannot be done
   */
  public static void copyTo(Path directory, Path zip) {
    String target = zip.toAbsolutePath().toString().replace("'", "''");
    try (Connection connection =
            DriverManager.getConnection(url(directory) + ";IFEXISTS=TRUE", USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("backup to '" + target + "'");
    } catch (SQLException e) {
      throw new IllegalStateException("the database in " + directory + " cannot be copied", e);
    }
  }

  /** With WRITE_DELAY=0, for H2 otherwise loses acknowledged commits when it is killed. */
  static String url(Path directory) {
    return "jdbc:h2:async:"
        + directory.resolve(NAME).toAbsolutePath().normalize().toString().replace('\\', '/')
        + ";WRITE_DELAY=0;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static Map<String, Object> properties(Path directory) {
    return Map.of(
        DIRECTORY,
        directory.toAbsolutePath().toString(),
        "datasources." + DATASOURCE + ".dialect",
        "ANSI");
  }

  /**
   * Makes H2 let go of the file without writing to it again. Without effect if it has done so
   * already.
   */
  static void letGo(Path directory) {
    if (!CatalogSeal.of(directory).isOpen()) {
      return;
    }
    try (Connection connection =
            DriverManager.getConnection(url(directory) + ";IFEXISTS=TRUE", USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    } catch (SQLException e) {
      LOG.debug("H2 let go of the catalogue: {}", e.toString());
    }
  }

  /** On a full disk a sound file fails in ways that look like damage. */
  private static void requireRoom(Path directory) {
    Path probe = directory.resolve("room-to-write");
    try {
      Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue in " + directory + " cannot be written", e);
    } finally {
      deleteQuietly(probe);
    }
  }

  private static void deleteQuietly(Path probe) {
    try {
      Files.deleteIfExists(probe);
    } catch (IOException e) {
      LOG.debug("{} stays: {}", probe, e.toString());
    }
  }

  /**
   * Where no seal says that every byte is as it was, every row is read, and what is kept of sums is
   * made anew.
   *
   * @return the epoch it is at
   */
  private static long bringUpToDate(String url, boolean sealed) throws SQLException {
    Flyway.configure()
        .dataSource(url, USER, "")
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement()) {
      if (!sealed) {
        for (String table : TABLES) {
          readThrough(statement, table);
        }
        requireKnownWords(statement);
        statement.execute(TallyRows.CLEAR);
        statement.execute(TallyRows.SUM);
      }
      return epoch(statement);
    }
  }

  /** Rows whose states nobody knows could not even be repaired. */
  private static void requireKnownWords(Statement statement) throws SQLException {
    try (ResultSet strange =
        statement.executeQuery(
            "select count(*) from documents where state not in "
                + words(CatalogEntry.State.values())
                + " or stage not in "
                + words(CatalogEntry.Stage.values())
                + " or lane not in "
                + words(Claim.Lane.values()))) {
      if (strange.next() && strange.getLong(1) > 0) {
        throw new SQLException(strange.getLong(1) + " rows hold states that do not exist");
      }
    }
  }

  private static String words(Enum<?>... values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.joining("','", "('", "')"));
  }

  private static long epoch(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select epoch from ledger where id = 1")) {
      if (!row.next()) {
        throw new SQLException("the row with the epoch is missing");
      }
      return row.getLong(1);
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
      bringUpToDate(url, false);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make a new catalogue at " + url, e);
    }
  }

  private static void restoreDecisions(Path directory, String url) {
    try (Connection connection = DriverManager.getConnection(url, USER, "")) {
      new DecisionsFile(directory).restore(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot put the decisions into the catalogue " + url, e);
    }
  }

  /** A file in use, or a disk without room, must not cost anybody the catalogue. */
  private static void refuseIfSound(Path directory, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && IN_USE.contains(sql.getErrorCode())) {
        throw new UncheckedIOException(
            new IOException(
                "another process has the catalogue in " + directory + " open", failure));
      }
      if (cause instanceof AccessDeniedException
          || String.valueOf(cause.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(
            new IOException("the catalogue in " + directory + " cannot be written", failure));
      }
    }
  }

  /** H2's codes for a locked file. */
  private static final List<Integer> IN_USE = List.of(90020);

  /** The damage and the new place, as one sentence. */
  private static String putAside(Path directory, String damage) {
    String name = NAME + DAMAGED + STAMP.format(Instant.now()) + ".db";
    try {
      deleteEarlier(directory);
      Files.move(directory.resolve(NAME + FILE), directory.resolve(name));
      Files.deleteIfExists(directory.resolve(NAME + ".trace.db"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot put the damaged catalogue aside", e);
    }
    String said =
        "The catalogue was damaged: " + damage + ". The damaged file is kept as db/" + name + ".";
    LOG.warn("{} A new one is filled from the index and the folders.", said);
    return said;
  }

  private static void deleteEarlier(Path directory) throws IOException {
    try (DirectoryStream<Path> earlier =
        Files.newDirectoryStream(directory, NAME + DAMAGED + "*")) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
  }
}

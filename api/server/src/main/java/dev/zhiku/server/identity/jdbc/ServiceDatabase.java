package dev.zhiku.server.identity.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * The file of the service database. Unlike the catalogue it holds what nobody can make again, so a
 * file that cannot be read is left as it is and stops the start.
 */
public final class ServiceDatabase {
  /** Name of the file, to which H2 appends {@code .mv.db}. */
  public static final String NAME = "service";

  /** Name under which Micronaut knows the data source. */
  public static final String DATASOURCE = "service";

  /** Property of the context: where the file lies. */
  public static final String DIRECTORY = "service.directory";

  /** The one user of the database, without a password: whoever can read the file needs none. */
  static final String USER = "zhiku";

  private static final String MIGRATIONS = "classpath:db/service/migration";

  /** Held by whoever copies a file or writes it anew. */
  static final Object COPYING = new Object();

  private ServiceDatabase() {}

  /**
   * Makes the file if need be, and brings its tables up to date.
   *
   * @return properties for an application context, which with them has a {@code KeyStore}
   * @throws RuntimeException if the file cannot be read or written, or another process has it open
   */
  public static Map<String, Object> prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
    flyway(directory).migrate();
    return Map.of(
        DIRECTORY,
        directory.toAbsolutePath().toString(),
        "datasources." + DATASOURCE + ".dialect",
        "ANSI");
  }

  /**
   * Whether {@link #prepare} would change the tables of a database that is there. It may be open
   * afterwards.
   *
   * @throws RuntimeException if the file cannot be read, or another process has it open
   */
  public static boolean isBehind(Path directory) {
    return Files.exists(directory.resolve(NAME + ".mv.db"))
        && flyway(directory).info().pending().length > 0;
  }

  private static Flyway flyway(Path directory) {
    return Flyway.configure()
        .dataSource(url(directory), USER, "")
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .load();
  }

  /**
   * Copies the database as of this moment while it is open in this process and goes on being used.
   *
   * @param zip made, with the file as its only entry
   * @throws IllegalStateException if that cannot be done
   */
  public static void copyTo(Path directory, Path zip) {
    String target = zip.toAbsolutePath().toString().replace("'", "''");
    synchronized (COPYING) {
      try (Connection connection =
              DriverManager.getConnection(url(directory) + ";IFEXISTS=TRUE", USER, "");
          Statement statement = connection.createStatement()) {
        statement.execute("backup to '" + target + "'");
      } catch (SQLException e) {
        throw new IllegalStateException("the database in " + directory + " cannot be copied", e);
      }
    }
  }

  /**
   * With WRITE_DELAY=0, for H2 otherwise loses acknowledged commits when it is killed. H2 closes
   * its file for good when a write fails; the next connection then opens it again, since none is
   * kept.
   */
  static String url(Path directory) {
    return "jdbc:h2:async:"
        + directory.resolve(NAME).toAbsolutePath().normalize().toString().replace('\\', '/')
        + ";WRITE_DELAY=0;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";
  }
}

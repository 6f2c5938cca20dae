package dev.zhiku.server.identity.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Flyway.configure()
        .dataSource(url(directory), USER, "")
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    return Map.of(
        DIRECTORY,
        directory.toAbsolutePath().toString(),
        "datasources." + DATASOURCE + ".dialect",
        "ANSI");
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

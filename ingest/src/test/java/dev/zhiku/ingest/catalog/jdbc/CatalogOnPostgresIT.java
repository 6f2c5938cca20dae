package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue's migrations, claims and lists as a PostgreSQL of this machine runs them; skipped
 * where none is installed. It listens on a socket in a folder of its own.
 */
class CatalogOnPostgresIT {
  /** Migrations of the release whose rows are there when the later ones run. */
  private static final int RELEASED = 3;

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/catalog/migration");
  private static final String ROWS =
      "insert into documents select 'd_' || i, 's', 'p/' || i, 'p/' || i, 't', 300, 1, 'k' || i,"
          + " null, null, case when i % 2 = 0 then 'PENDING' else 'INDEXED' end, 'DONE', null, null,"
          + " '', 2, 0, null, null, 0, 'SMALL', case when i % 2 = 0 then 1000 + i / 100 end, null,"
          + " null, 0, 0, false from generate_series(1, 20000) i";

  /** Short, for a socket's path may have some hundred bytes only. */
  @TempDir private Path home;

  private Optional<Path> binaries = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    binaries = installed();
    assumeThat(binaries).as("a PostgreSQL below " + INSTALLED).isPresent();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    server("initdb", "-D", home + "/data", "-A", "trust", "--no-sync", "-U", "zhiku");
    String options = "-k " + home + " -c listen_addresses='' -c fsync=off";
    server("pg_ctl", "-D", home + "/data", "-o", options, "-l", home + "/log", "-w", "start");
  }

  @AfterEach
  void stop() throws Exception {
    if (binaries.isPresent() && Files.exists(home.resolve("log"))) {
      server("pg_ctl", "-D", home + "/data", "-m", "immediate", "-w", "stop");
    }
  }

  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  @Test
  void migrations_claims_and_lists_run_and_walk_the_indexes_that_are_made_for_them()
      throws Exception {
    List<Path> migrations = migrations();
    for (Path migration : migrations.subList(0, RELEASED)) {
      psql("-f", migration.toAbsolutePath().toString());
    }
    psql("-c", ROWS);
    for (Path migration : migrations.subList(RELEASED, migrations.size())) {
      psql("-f", migration.toAbsolutePath().toString());
    }
    psql("-c", "analyze");
    assertThat(psql("-t", "-A", "-c", "select * from tallies order by state"))
        .containsExactly("s|INDEXED|10000|20000|3000000", "s|PENDING|10000|20000|3000000");
    assertThat(claims()).hasSize(32).allMatch(id -> id.startsWith("d_"));
    assertThat(plan(claim(DocumentRows.OLDEST_DUE)))
        .anyMatch(step -> step.contains("Index Scan using documents_due"))
        .noneMatch(step -> step.contains("Sort"));
    assertThat(plan(claim(DocumentRows.NEWEST_DUE) + " for update skip locked"))
        .anyMatch(step -> step.contains("Index Scan Backward using documents_due"))
        .noneMatch(step -> step.contains("Sort"));
    assertThat(plan(list(false)))
        .anyMatch(step -> step.contains("Index Scan using documents_by_path"))
        .noneMatch(step -> step.contains("Sort"));
    assertThat(plan(list(true)))
        .anyMatch(step -> step.contains("Index Scan using documents_by_state"))
        .noneMatch(step -> step.contains("Sort"));
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.sorted().toList();
    }
  }

  private List<String> claims() throws Exception {
    return psql("-t", "-A", "-c", claim(DocumentRows.OLDEST_DUE).replace("*", "id"));
  }

  private static String claim(String statement) {
    return statement.replace(":lane", "'SMALL'").replace(":now", "1150").replace(":most", "32");
  }

  private static String list(boolean ofState) {
    FilterSql condition = new FilterSql().and("source = ?", "'s'");
    if (ofState) {
      condition.and("state = ?", "'PENDING'");
    }
    condition.and("path > ?", "'p/5'").and("removing = false");
    String sql = DocumentListing.sql(condition, ofState, 51);
    for (Object value : condition.parameters()) {
      sql = sql.replaceFirst("\\?", String.valueOf(value));
    }
    return sql;
  }

  private List<String> plan(String statement) throws Exception {
    return psql("-t", "-A", "-c", "explain " + statement);
  }

  private List<String> psql(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.orElseThrow().resolve("psql").toString(),
                "-h",
                home.toString(),
                "-U",
                "zhiku",
                "-d",
                "postgres",
                "-q",
                "-v",
                "ON_ERROR_STOP=1"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** The server refuses to run as root. */
  private void server(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--clear-groups"));
    }
    command.add(binaries.orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private List<String> run(List<String> command) throws Exception {
    Path said = Files.createTempFile("psql", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as("%s said %s", command, lines).isZero();
      return lines.stream().filter(line -> !line.isBlank()).toList();
    } finally {
      Files.delete(said);
    }
  }
}

package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.start.DataFolder;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditSearch;
import dev.zhiku.server.backup.BackupArchive;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.backup.Manifest;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTrailTest {
  @TempDir private Path folder = Path.of("");

  private List<Path> backupsAfterStart() throws IOException, InterruptedException {
    try (DataFolder data = DataFolder.open(folder);
        AuditLog audit =
            AuditLog.open(data.folder("audit"), AuditConfig.DEFAULT, Clock.systemUTC())) {
      BackupTrail.beforeUpgrade(data, BackupConfig.DEFAULT, audit);
      ServiceDatabase.prepare(data.folder("db"));
      try (Stream<Path> files = Files.list(data.folder("backups"))) {
        return files.toList();
      }
    }
  }

  /** As the first version left it. */
  private void makeOldDatabase() {
    Flyway.configure()
        .dataSource(
            "jdbc:h2:async:"
                + folder.resolve("db/service").toAbsolutePath()
                + ";DATABASE_TO_LOWER=TRUE",
            "zhiku",
            "")
        .locations("classpath:db/service/migration")
        .target("1")
        .load()
        .migrate();
  }

  @Test
  void a_database_that_is_brought_up_to_date_is_backed_up_before_and_never_again()
      throws Exception {
    makeOldDatabase();

    Path made = backupsAfterStart().getFirst();

    assertThat(made.getFileName().toString()).startsWith("zhiku-before-upgrade-");
    Manifest manifest = new BackupArchive(made, Optional.empty(), "0.1.0").verify();
    assertThat(manifest.parts()).extracting(Manifest.Entry::name).contains("db/service.mv.db");
    assertThat(
            new AuditSearch(folder.resolve("audit"))
                .newest(AuditSearch.Wanted.ALL, Long.MAX_VALUE, 1))
        .singleElement()
        .satisfies(record -> assertThat(record.event().what()).isEqualTo("backup-made"));
    assertThat(backupsAfterStart()).containsExactly(made);
  }

  @Test
  void a_new_folder_needs_none() throws Exception {
    assertThat(backupsAfterStart()).isEmpty();
  }
}

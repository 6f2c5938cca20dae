package dev.zhiku.app.wiring;

import dev.zhiku.app.command.KeyFolder;
import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.backup.BackupSchedule;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups that nobody asks for: when they are due, and before an upgrade. */
final class BackupTrail {
  private static final Logger LOG = LoggerFactory.getLogger(BackupTrail.class);
  private static final String MADE = "backup-made";

  private BackupTrail() {}

  static Backups backups(DataFolder data, BackupConfig config, Backups.Stores stores) {
    return new Backups(
        data.folder(KeyFolder.BACKUPS),
        config.folder(),
        config.keep(),
        stores,
        ZhikuCommand.VERSION,
        Clock.systemUTC());
  }

  /** Tells the audit log what becomes of them. */
  static BackupSchedule schedule(Backups backups, BackupConfig config, AuditLog audit) {
    return new BackupSchedule(
        backups,
        config,
        Clock.systemUTC(),
        outcome ->
            audit.write(
                AuditEvent.ofService(
                    MADE,
                    outcome.file().orElse("scheduled"),
                    outcome.failure().map(why -> "failed").orElse("done"))));
  }

  /**
   * Makes a backup if the service database is about to be migrated, and nothing else has been
   * touched.
   *
   * @throws CannotStart if it cannot be made: then nothing is migrated
   */
  static void beforeUpgrade(DataFolder data, BackupConfig config, AuditLog audit)
      throws InterruptedException {
    Path databases = data.folder("db");
    if (!isBehind(databases)) {
      return;
    }
    try {
      Path made =
          backups(data, config, new RestingStores(data)).make(Backups.Kind.BEFORE_UPGRADE).file();
      LOG.info("The databases are brought up to date; a backup was made before: {}", made);
      audit.write(AuditEvent.ofService(MADE, String.valueOf(made.getFileName()), "done"));
    } catch (IOException | RuntimeException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "No backup could be made before the databases are brought up to date: "
              + e.getMessage()
              + "\nNothing was changed. Free disk space, or see that data/backups can be written.");
    }
  }

  /** One that cannot be read is told of where it is opened. */
  private static boolean isBehind(Path databases) {
    try {
      return ServiceDatabase.isBehind(databases);
    } catch (RuntimeException e) {
      LOG.debug("Whether the service database is behind cannot be told: {}", e.toString());
      return false;
    }
  }
}

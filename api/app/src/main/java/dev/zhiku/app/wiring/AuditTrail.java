package dev.zhiku.app.wiring;

import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.HeadDelivery;
import dev.zhiku.server.backup.BackupPart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The audit log of a data folder. */
final class AuditTrail {
  private AuditTrail() {}

  /**
   * Opens it, says that the service starts, and delivers its head from now on.
   *
   * @param parts that keep what is opened
   * @throws CannotStart if it cannot be read
   */
  static AuditLog open(OpenParts parts, AuditConfig config, DataFolder data) {
    Path folder = data.folder(AuditLog.FOLDER);
    try {
      AuditLog log = parts.keep("The audit log", AuditLog.open(folder, config, Clock.systemUTC()));
      log.write(AuditEvent.ofService("started", "Zhiku " + ZhikuCommand.VERSION, "done"));
      parts.keep(
          "The head of the audit log",
          HeadDelivery.start(log, config.head(), folder, Clock.systemUTC()));
      return log;
    } catch (IOException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "The audit log in " + folder + " cannot be opened: " + e.getMessage());
    }
  }

  /** Its files, as parts of a backup. */
  static List<BackupPart> parts(Path data) throws IOException {
    return DataParts.files(data.resolve(AuditLog.FOLDER), AuditLog.FOLDER + "/");
  }
}

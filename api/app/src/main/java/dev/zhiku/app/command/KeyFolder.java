package dev.zhiku.app.command;

import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.SeenKeys;
import java.nio.file.Path;

/** A data folder whose service does not run: the keys of applications in it, and its backups. */
public interface KeyFolder extends AutoCloseable {
  /** Name of the folder, below the data folder, where a backup is put first. */
  String BACKUPS = "backups";

  /** Opens them; the wiring behind it is the main class's. */
  interface Opening {
    /**
     * @throws dev.zhiku.app.start.CannotStart with {@code data-in-use} if the service runs
     */
    KeyFolder open(Path data) throws InterruptedException;
  }

  NamedKeys named();

  AskerUsage usage();

  /** Where they stand and should not. */
  SeenKeys seen();

  /** Copies of the whole data folder. */
  Backups backups();

  @Override
  void close();
}

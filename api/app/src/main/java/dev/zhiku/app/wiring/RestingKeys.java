package dev.zhiku.app.wiring;

import dev.zhiku.app.command.KeyFolder;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.identity.SharedKeys;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A data folder whose service does not run, and cannot start meanwhile. */
public final class RestingKeys implements KeyFolder {
  private final OpenParts parts;
  private final Keyring ring;
  private final DataFolder folder;

  private RestingKeys(OpenParts parts, Path data) throws InterruptedException {
    this.parts = parts;
    folder = parts.keep("The data folder", DataFolder.open(data));
    ring =
        parts.keep(
            "The keys",
            Keyring.open(
                folder.folder("db"),
                StartChecks.instanceSecret(folder.root()),
                SharedKeys.NONE,
                Set::of,
                Optional.empty()));
  }

  /**
   * Opens the keys of a data folder.
   *
   * @throws dev.zhiku.app.start.CannotStart with {@code data-in-use} if its service runs
   */
  public static KeyFolder open(Path data) throws InterruptedException {
    return OpenParts.open(parts -> new RestingKeys(parts, data));
  }

  @Override
  public NamedKeys named() {
    return ring.keys().identities().named();
  }

  @Override
  public SeenKeys seen() {
    return ring.keys().seen();
  }

  @Override
  public AskerUsage usage() {
    return ring.keys().usage();
  }

  @Override
  public Backups backups() {
    return BackupTrail.backups(folder, BackupConfig.DEFAULT, new RestingStores(folder));
  }

  @Override
  public void close() {
    parts.close();
  }
}

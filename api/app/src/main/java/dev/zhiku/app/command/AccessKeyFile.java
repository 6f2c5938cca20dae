package dev.zhiku.app.command;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file {@code access.key} in the data folder, as the commands use it. */
final class AccessKeyFile {
  private final Path file;

  private AccessKeyFile(Path file) {
    this.file = file;
  }

  static AccessKeyFile ofData(Path data) {
    return new AccessKeyFile(data.resolve(AccessKeys.FILE_NAME));
  }

  /**
   * The administrator's key, if the file is there and this account may read it.
   *
   * @throws CannotStart if others may read it too, or it is no key file
   */
  Optional<String> adminKey() {
    try {
      return Files.isReadable(file)
          ? AccessKeys.find(file).map(keys -> keys.text(Role.ADMIN))
          : Optional.empty();
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes both keys, unless there are keys.
   *
   * @return whether they were made
   */
  boolean createIfAbsent() {
    if (Files.exists(file)) {
      return false;
    }
    replace();
    return true;
  }

  /** Makes both keys anew; older ones are worth nothing after a restart. */
  void replace() {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        DataFolder.makePrivate(folder);
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be replaced.", e);
    }
    AccessKeys.create(file);
  }

  /**
   * Says where the keys lie, and what they are.
   *
   * @param interactive whether a person reads it: keys are not for what is kept in a log
   */
  void show(PrintWriter out, boolean interactive) {
    Optional<AccessKeys> made = AccessKeys.find(file);
    if (made.isEmpty()) {
      return;
    }
    if (!interactive) {
      out.println("Two access keys (reader, admin) are in " + file + ", which only you may read.");
      out.flush();
      return;
    }
    AccessKeys keys = made.get();
    out.println("Two access keys are in " + file + ":");
    out.println("  reader " + keys.text(Role.READER) + "  (reads and asks)");
    out.println("  admin  " + keys.text(Role.ADMIN) + "  (also uploads, deletes, retries)");
    out.println("Give them to people by hand, never in an address or an e-mail.");
    out.flush();
  }
}

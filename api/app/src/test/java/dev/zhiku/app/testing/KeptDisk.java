package dev.zhiku.app.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small disk in memory for a folder, which outlives the services that run on it. Linux with user
 * namespaces only. Closing it ends the disk.
 */
public final class KeptDisk implements Enclosure, AutoCloseable {
  private final Process holder;

  private KeptDisk(Process holder) {
    this.holder = holder;
  }

  /**
   * Mounts one.
   *
   * @param folder below it, which is there already
   */
  public static KeptDisk mount(Path home, String folder, long bytes) throws IOException {
    String mount =
        "mount -t tmpfs -o size="
            + bytes
            + " tmpfs "
            + folder
            + " && echo done && exec sleep 100000";
    Process holder =
        new ProcessBuilder("unshare", "-Urm", "sh", "-c", mount).directory(home.toFile()).start();
    if (holder.inputReader().readLine() == null) {
      throw new IOException("no disk could be mounted");
    }
    return new KeptDisk(holder);
  }

  @Override
  public List<String> prefix(Path home) {
    return List.of(
        "nsenter",
        "-t",
        Long.toString(holder.pid()),
        "-U",
        "-m",
        "--preserve-credentials",
        "sh",
        "-c",
        "cd '" + home + "' && exec \"$@\"",
        "sh");
  }

  /** A folder as whoever sees the disk sees it. */
  public Path seen(Path folder) {
    return Path.of("/proc", Long.toString(holder.pid()), "root")
        .resolve(Path.of("/").relativize(folder.toAbsolutePath()));
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}

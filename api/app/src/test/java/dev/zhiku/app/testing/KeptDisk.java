package dev.zhiku.app.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small disk in memory for a folder, which outlives the services that run on it. Linux with user
 * namespaces only. Closing it ends the disk.
 */
public final class KeptDisk implements Enclosure, AutoCloseable {
  private final HeldNamespaces mounts;

  private KeptDisk(HeldNamespaces mounts) {
    this.mounts = mounts;
  }

  /**
   * Mounts one.
   *
   * @param folder below it, which is there already
   */
  public static KeptDisk mount(Path home, String folder, long bytes) throws IOException {
    String mount = "mount -t tmpfs -o size=" + bytes + " tmpfs " + folder;
    return new KeptDisk(HeldNamespaces.make("m", mount, home));
  }

  @Override
  public List<String> prefix(Path home) {
    return mounts.prefix(home);
  }

  /** A folder as whoever sees the disk sees it. */
  public Path seen(Path folder) {
    return mounts.seen(folder);
  }

  @Override
  public void close() {
    mounts.close();
  }
}

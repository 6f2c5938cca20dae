package dev.zhiku.app.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Disks in memory that one process sees. */
public final class SmallDisk {
  private SmallDisk() {}

  /** Whether an ordinary account can mount them here. */
  public static boolean canMount() throws InterruptedException {
    String mount = "mount -t tmpfs -o size=4096 tmpfs /mnt";
    try {
      return new ProcessBuilder("unshare", "-Urm", "sh", "-c", mount)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}

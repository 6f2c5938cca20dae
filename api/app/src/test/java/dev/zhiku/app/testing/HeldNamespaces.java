package dev.zhiku.app.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Namespaces of the kernel's, prepared by a shell and held open by it, for any number of processes.
 * Linux with user namespaces only. Closing it ends the holder, not the processes inside.
 */
final class HeldNamespaces implements Enclosure, AutoCloseable {
  private final Process holder;
  private final String kind;

  private HeldNamespaces(Process holder, String kind) {
    this.holder = holder;
    this.kind = kind;
  }

  /**
   * Makes a namespace of users and one more.
   *
   * @param kind the option of {@code unshare} and {@code nsenter}, such as {@code m} for mounts
   * @param preparation a command of the shell that runs inside before anything else
   * @param folder where it runs
   * @throws IOException if it cannot be made, or the preparation fails
   */
  static HeldNamespaces make(String kind, String preparation, Path folder) throws IOException {
    Process holder =
        new ProcessBuilder(
                "unshare",
                "-Ur" + kind,
                "sh",
                "-c",
                preparation + " && echo done && exec sleep 100000")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (holder.inputReader().readLine() == null) {
      throw new IOException("this failed in a namespace of its own: " + preparation);
    }
    return new HeldNamespaces(holder, kind);
  }

  boolean isAlive() {
    return holder.isAlive();
  }

  @Override
  public List<String> prefix(Path home) {
    return List.of(
        "nsenter",
        "-t",
        Long.toString(holder.pid()),
        "-U",
        "-" + kind,
        "--preserve-credentials",
        "sh",
        "-c",
        "cd '" + home + "' && exec \"$@\"",
        "sh");
  }

  /** A path as the processes inside see it. */
  Path seen(Path path) {
    return Path.of("/proc", Long.toString(holder.pid()), "root")
        .resolve(Path.of("/").relativize(path.toAbsolutePath()));
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}

package dev.zhiku.app.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A machine without a network: a network of its own in which nothing is but the loopback address,
 * for any number of processes. Linux with user namespaces only. Closing it ends it, not them.
 */
public final class NoNetwork implements Enclosure, AutoCloseable {
  private static final String UP = "ip link set lo up && test -z \"$(ip route)\"";

  private final Process holder;

  private NoNetwork(Process holder) {
    this.holder = holder;
  }

  /** Whether an ordinary account can make one here. */
  public static boolean canBeMade() {
    try (NoNetwork made = make()) {
      return made.holder.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes one. */
  public static NoNetwork make() throws IOException {
    Process holder =
        new ProcessBuilder("unshare", "-Urn", "sh", "-c", UP + " && echo done && exec sleep 100000")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (holder.inputReader().readLine() == null) {
      throw new IOException("no network of its own could be made");
    }
    return new NoNetwork(holder);
  }

  @Override
  public List<String> prefix(Path home) {
    return List.of(
        "nsenter",
        "-t",
        Long.toString(holder.pid()),
        "-U",
        "-n",
        "--preserve-credentials",
        "sh",
        "-c",
        "cd '" + home + "' && exec \"$@\"",
        "sh");
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}

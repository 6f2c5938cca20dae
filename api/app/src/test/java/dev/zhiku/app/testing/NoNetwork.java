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

  private final HeldNamespaces network;

  private NoNetwork(HeldNamespaces network) {
    this.network = network;
  }

  /** Whether an ordinary account can make one here. */
  public static boolean canBeMade() {
    try (NoNetwork made = make()) {
      return made.network.isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes one. */
  public static NoNetwork make() throws IOException {
    return new NoNetwork(HeldNamespaces.make("n", UP, Path.of("").toAbsolutePath()));
  }

  @Override
  public List<String> prefix(Path home) {
    return network.prefix(home);
  }

  @Override
  public void close() {
    network.close();
  }
}

package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule for the address of a model server, to which questions and passages go: this machine, a
 * private network, or a host that {@code zhiku.generator.allowed-hosts} names.
 */
public final class ModelServerAddress {
  private static final Pattern NUMERIC = Pattern.compile("\\[.*]|[0-9.]+");

  private ModelServerAddress() {}

  /**
   * What is wrong with the address as it is written, without asking a name server; empty if nothing
   * is.
   */
  public static Optional<String> trouble(URI address, List<String> allowedHosts) {
    if (address.getRawUserInfo() != null) {
      return Optional.of(
          "must hold no name and password; a key belongs into a file"
              + " (zhiku.generator.openai.api-key-file)");
    }
    String host = String.valueOf(address.getHost());
    boolean unchecked = isAllowed(host, allowedHosts) || !NUMERIC.matcher(host).matches();
    return unchecked || isNear(host) ? Optional.empty() : Optional.of(rule(host));
  }

  /**
   * What is wrong with where its name leads by now; empty if nothing is or nobody knows the name,
   * since then nothing can be sent there either.
   */
  public static Optional<String> troubleOfName(URI address, List<String> allowedHosts) {
    String host = String.valueOf(address.getHost());
    return isAllowed(host, allowedHosts) || isNear(host)
        ? Optional.empty()
        : Optional.of(rule(host));
  }

  /** The rule at the moment of sending. */
  record Guard(List<String> allowedHosts) implements GuardedClient.Guard {
    @Override
    public boolean isNamed(String host) {
      return isAllowed(host, allowedHosts);
    }

    @Override
    public void check(String host, InetAddress address) throws IOException {
      if (!Reach.isNear(address)) {
        throw new IOException("the address of a model server " + rule(host));
      }
    }
  }

  static boolean isAllowed(String host, List<String> allowedHosts) {
    return allowedHosts.stream().anyMatch(host::equalsIgnoreCase);
  }

  private static boolean isNear(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(Reach::isNear);
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private static String rule(String host) {
    return "must be of this machine or of a private network (10.x, 172.16 to 172.31, 192.168.x,"
        + " fc00::/7), for questions and passages are sent there. If "
        + host
        + " is meant, name it in zhiku.generator.allowed-hosts";
  }
}

package dev.zhiku.app.command;

import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.server.http.OwnAddresses;
import dev.zhiku.server.http.ServerConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far the service reaches, in the words of {@code serve}: where colleagues find it, what may be
 * in their way, and what whoever opens it takes on.
 */
final class Reach {
  private final ServerConfig server;
  private final URI own;

  /**
   * @param own where the service was reached on this machine
   */
  Reach(ServerConfig server, URI own) {
    this.server = server;
    this.own = own;
  }

  /** The addresses that other machines use, empty on loopback. */
  List<String> addresses() {
    return hosts(server).stream()
        .map(host -> own.getScheme() + "://" + host + ":" + own.getPort())
        .toList();
  }

  /** Names and addresses that a certificate of this machine is for. */
  static List<String> namesOf(ServerConfig server) {
    List<String> names = new ArrayList<>(server.allowedHosts());
    server.publicUrl().map(URI::getHost).ifPresent(names::add);
    names.addAll(hosts(server));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // A machine without a name has its addresses.
    }
    return names;
  }

  private static List<String> hosts(ServerConfig server) {
    return switch (server.host()) {
      case "0.0.0.0", "::", "[::]" -> OwnAddresses.inTheNetwork();
      default -> LoopbackAddress.is(server.host()) ? List.of() : List.of(server.host());
    };
  }

  private boolean isOpen() {
    return !LoopbackAddress.is(server.host());
  }

  /** What helps colleagues to come in; empty on loopback. */
  List<String> advice() {
    if (!isOpen()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "to invite somebody: ./zhiku invite NAME prints a link for one device; a program gets a key"
            + " of its own with ./zhiku key new --label NAME");
    lines.add(
        "if they do not get through, let TCP port "
            + own.getPort()
            + " in at the firewall"
            + command(own.getPort()));
    return lines;
  }

  private static String command(int port) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return ", as administrator: netsh advfirewall firewall add rule name=Zhiku dir=in"
          + " action=allow protocol=TCP localport="
          + port
          + " profile=private,domain";
    }
    if (isInstalled("ufw")) {
      return ": sudo ufw allow " + port + "/tcp";
    }
    return isInstalled("firewall-cmd")
        ? ": sudo firewall-cmd --permanent --add-port="
            + port
            + "/tcp && sudo firewall-cmd --reload"
        : "";
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What whoever opens it takes on; empty on loopback. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    if (isOpen() && !server.tls().isOn()) {
      lines.add("! Keys, questions and answers cross the network not encrypted.");
      lines.add("  Use it in a network you trust, or --tls self-signed, or set zhiku.server.tls.");
    }
    if (isOpen() || server.publicUrl().isPresent()) {
      lines.add("! Do not open it to the internet: it is made for people whom you know.");
      lines.add(
          "  Who offers generative AI to the public in mainland China has to register it first.");
      lines.add("  Both are in the README, \"Let colleagues in\".");
    }
    return lines;
  }
}

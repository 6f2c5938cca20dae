package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Messages to a syslog server of this machine or of a private network (RFC 5424 over UDP), of which
 * nobody says whether they arrived.
 */
public final class SyslogSender {
  /** Facility 13, the log of audits, and severity 5, a notice. */
  private static final int PRIORITY = 13 * 8 + 5;

  private final String host;
  private final int port;

  public SyslogSender(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * Sends a message.
   *
   * @param name of the kind of message, in letters
   * @param text in ASCII
   * @throws IOException if the server is unknown, too far away, or nothing can be sent
   */
  public void send(Instant at, String name, String text) throws IOException {
    InetAddress address =
        Egress.ofProcess().attempt(host, Egress.Purpose.AUDIT_HEAD, this::nearAddress);
    String message =
        "<%d>1 %s %s zhiku %d %s - %s"
            .formatted(PRIORITY, at, ownName(), ProcessHandle.current().pid(), name, text);
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(address, port)));
    }
  }

  private static String ownName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.matches("[!-~]{1,255}") ? name : "-";
    } catch (IOException e) {
      return "-";
    }
  }

  private InetAddress nearAddress() throws IOException {
    InetAddress address = InetAddress.getByName(host);
    new NearAddress().check(host, address);
    return address;
  }
}

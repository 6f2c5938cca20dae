package dev.zhiku.generators.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/** How far away a network address is: of this machine, of a private network, or public. */
final class Reach {
  /** Networks of the registry of special addresses that are nobody's on the internet. */
  private static final List<Network> SPECIAL =
      List.of(
          new Network("00", 8),
          new Network("0a", 8),
          new Network("6440", 10),
          new Network("7f", 8),
          new Network("a9fe", 16),
          new Network("ac10", 12),
          new Network("c00000", 24),
          new Network("c00002", 24),
          new Network("c05863", 24),
          new Network("c0a8", 16),
          new Network("c612", 15),
          new Network("c63364", 24),
          new Network("cb0071", 24),
          new Network("e0", 3));

  private static final List<Network> PRIVATE =
      List.of(new Network("0a", 8), new Network("ac10", 12), new Network("c0a8", 16));

  private static final Network UNIQUE_LOCAL = new Network("fc", 7);
  private static final Network GLOBAL_UNICAST = new Network("20", 3);

  /** Documentation, and tunnels that carry an IPv4 address along. */
  private static final List<Network> NOT_GLOBAL =
      List.of(
          new Network("20010db8", 32),
          new Network("20010000", 32),
          new Network("2002", 16),
          new Network("3fff0", 20));

  private Reach() {}

  /** All addresses whose first bits are those of a prefix. */
  private static final class Network {
    private final byte[] prefix;
    private final int bits;

    Network(String hex, int bits) {
      this.prefix = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
      this.bits = bits;
    }

    boolean has(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        if (bit(address, bit) != bit(prefix, bit)) {
          return false;
        }
      }
      return true;
    }

    private static int bit(byte[] bytes, int bit) {
      return bit / 8 < bytes.length ? (bytes[bit / 8] >> (7 - bit % 8)) & 1 : 0;
    }
  }

  /** Whether anybody on the internet may be there: no private, link-local or special network. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? SPECIAL.stream().noneMatch(network -> network.has(bytes))
        : GLOBAL_UNICAST.has(bytes) && NOT_GLOBAL.stream().noneMatch(network -> network.has(bytes));
  }

  /** Whether it is of this machine or of a private network; link-local addresses are not. */
  static boolean isNear(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || (address instanceof Inet4Address
            ? PRIVATE.stream().anyMatch(network -> network.has(bytes))
            : UNIQUE_LOCAL.has(bytes));
  }
}

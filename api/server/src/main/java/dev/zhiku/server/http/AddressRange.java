package dev.zhiku.server.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A range of addresses as administrators write it: {@code 10.0.0.7} or {@code 10.0.0.0/8}. */
public final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Without asking a name server; empty for anything but an address and perhaps its prefix. */
  public static Optional<AddressRange> parse(String text) {
    String[] parts = text.strip().split("/", -1);
    Optional<InetAddress> address = address(parts[0]);
    if (address.isEmpty() || parts.length > 2) {
      return Optional.empty();
    }
    byte[] network = address.get().getAddress();
    int all = network.length * Byte.SIZE;
    if (parts.length == 1) {
      return Optional.of(new AddressRange(network, all));
    }
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > all) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(network, Integer.parseInt(parts[1])));
  }

  /** An address as text; one of IPv4 written as IPv6 is one of IPv4. */
  public static Optional<InetAddress> address(String text) {
    InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(text.strip());
    try {
      return parsed == null
          ? Optional.empty()
          : Optional.of(InetAddress.getByAddress(parsed.getAddress()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Whether the address lies in it. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((bytes[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}

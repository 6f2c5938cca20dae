package dev.zhiku.generators.egress;

import io.netty.util.NetUtil;
import java.util.Locale;

/**
 * Whether an address leads back to this machine, told by its text, without asking a name server.
 */
public final class LoopbackAddress {
  private LoopbackAddress() {}

  /** True for {@code localhost}, {@code 127.x.x.x} and {@code ::1}, in brackets or not. */
  public static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || (name.startsWith("127.") && NetUtil.isValidIpV4Address(name));
  }
}

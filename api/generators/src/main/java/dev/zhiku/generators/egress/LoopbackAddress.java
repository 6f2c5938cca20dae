package dev.zhiku.generators.egress;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether an address leads back to this machine, told by its text, without asking a name server.
 */
public final class LoopbackAddress {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\." + OCTET + "){3}");

  private LoopbackAddress() {}

  /** True for {@code localhost}, {@code 127.x.x.x} and {@code ::1}, in brackets or not. */
  public static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || LOOPBACK_V4.matcher(name).matches();
  }
}

package dev.zhiku.generators.testing;

import java.util.Locale;

/**
 * Proxies that the environment names. Programs such as curl ask them for addresses of this machine
 * too.
 */
public final class Proxies {
  private Proxies() {}

  /** Hides them from the program. */
  public static void unset(ProcessBuilder program) {
    program
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
  }
}

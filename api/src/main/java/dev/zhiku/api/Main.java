package dev.zhiku.api;

import dev.zhiku.api.command.ZhikuCommand;
import dev.zhiku.api.wiring.Service;
import dev.zhiku.api.wiring.ThrowawayIngest;

/** The main class of {@code ./zhiku}. */
public final class Main {
  private Main() {}

  /** Exit codes: 0 done, 1 failed, 2 used wrongly or cannot start. */
  public static void main(String[] arguments) {
    System.exit(new ZhikuCommand(Service::start, ThrowawayIngest::open).run(arguments));
  }
}

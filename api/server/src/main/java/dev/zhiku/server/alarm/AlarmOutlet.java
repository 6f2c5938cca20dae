package dev.zhiku.server.alarm;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** One of those who are told of alarms. For one thread. */
interface AlarmOutlet {
  /** The name of the outlet in the log. */
  String name();

  /**
   * Tells what has changed.
   *
   * @param raised what has become wrong
   * @param ended what is wrong no more
   * @throws IOException if nobody took it
   */
  void tell(Instant at, List<Alarm> raised, List<Alarm> ended)
      throws IOException, InterruptedException;
}

package dev.zhiku.app.testing;

import java.util.Locale;

/** What a running service is made to suffer. */
public enum Fault {
  /** The process is killed, and started again. */
  KILLED,
  /** Others take all room on the disk of the data folder for a while. */
  DISK_FULL,
  /** The server of the model hangs up on everybody for a while. */
  MODEL_AWAY,
  /** A folder of files is not there for a while. */
  SHARE_GONE,
  /** Requests that nobody sends in good faith. */
  HOSTILE_REQUESTS,
  /** It is asked to stop in the middle of its work, and started again. */
  STOPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

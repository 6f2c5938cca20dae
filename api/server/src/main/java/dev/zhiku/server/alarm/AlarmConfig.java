package dev.zhiku.server.alarm;

import java.net.URI;
import java.util.Optional;

/**
 * Where alarms go, and what raises some of them; {@code zhiku.alarms}.
 *
 * @param webhook address of this machine or a private network that takes JSON by POST
 * @param queue files that may wait or be read; more raise an alarm, 0 never does
 * @param failedFiles files that may have failed; more raise an alarm, 0 never does
 * @param freeBytes room on the disk of the data folder; less raises an alarm, 0 never does
 */
public record AlarmConfig(Optional<URI> webhook, int queue, int failedFiles, long freeBytes) {
  /** Nothing goes anywhere. */
  public static final AlarmConfig NONE = new AlarmConfig(Optional.empty(), 0, 0, 0);

  public AlarmConfig {
    if (webhook.filter(address -> address.getRawUserInfo() != null).isPresent()) {
      throw new IllegalArgumentException("zhiku.alarms.webhook must hold no name and password");
    }
    if (queue < 0 || failedFiles < 0 || freeBytes < 0) {
      throw new IllegalArgumentException(
          "zhiku.alarms.queue, failed-files and free-bytes must be 0 or more");
    }
  }
}

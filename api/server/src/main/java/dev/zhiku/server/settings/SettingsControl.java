package dev.zhiku.server.settings;

import dev.zhiku.answering.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the service, as far as they can be seen and changed while it runs. Thread-safe.
 */
public interface SettingsControl {
  /**
   * A setting.
   *
   * @param key without the prefix {@code zhiku.}
   * @param value as it is set now; empty if it is not set
   * @param running as the service goes by it; another one than the value where a restart is due
   * @param from where the value is from: {@code defaults}, {@code settings.yml}, or a place that
   *     wins over it
   * @param locked whether that place wins over what is set here
   * @param live whether a change holds at once; otherwise from the next start on
   * @param onMachine whether it names a file, a program or an address, and is changed on the
   *     machine of the service alone
   */
  record Setting(
      String key,
      String value,
      String running,
      String from,
      boolean locked,
      boolean live,
      boolean onMachine) {
    /** Whether the service goes by another value until it is started again. */
    public boolean needsRestart() {
      return !value.equals(running);
    }
  }

  /** All of them, by key. */
  List<Setting> all();

  /**
   * One of them.
   *
   * @throws Problem {@code setting-not-found}
   */
  Setting get(String key);

  /**
   * Sets one, durably; live ones hold from the next request on.
   *
   * @param value empty takes back what was set here
   * @return as it is afterwards
   * @throws Problem {@code setting-not-found}, {@code setting-locked} if a place wins over it, or
   *     {@code setting-refused} with the rule that the value breaks; nothing was changed then
   */
  Setting change(String key, Optional<String> value);
}

package dev.zhiku.app.config;

import java.util.Map;
import java.util.function.Function;

/**
 * A configuration and where it is from.
 *
 * @param locked keys without the prefix that a file of the user, the environment or an option sets,
 *     each with the place that does: {@link SettingsFile} cannot change them
 * @param values what every key is set to by whichever place wins, without the prefix; a key that is
 *     not set is missing
 * @param with reads everything once more, with these values in place of those of {@link
 *     SettingsFile}; throws {@link BadConfiguration} naming every problem
 */
public record LoadedConfig(
    ZhikuConfig config,
    Map<String, String> locked,
    Map<String, String> values,
    Function<Map<String, String>, LoadedConfig> with) {
  public LoadedConfig {
    locked = Map.copyOf(locked);
    values = Map.copyOf(values);
  }
}

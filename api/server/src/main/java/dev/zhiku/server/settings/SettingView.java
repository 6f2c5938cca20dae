package dev.zhiku.server.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A setting.
 *
 * @param key below {@code zhiku}
 * @param value as it is set now; empty if it is not set
 * @param running as the service goes by it
 * @param from defaults, settings.yml, or the place that wins over what is set here
 * @param locked whether such a place does
 * @param live whether a change holds at once; otherwise from the next start on
 * @param onMachine whether it is changed on the machine of the service alone
 * @param needsRestart whether the service goes by another value until it is started again
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Setting")
record SettingView(
    String key,
    String value,
    String running,
    String from,
    boolean locked,
    boolean live,
    boolean onMachine,
    boolean needsRestart) {
  static SettingView of(SettingsControl.Setting setting) {
    return new SettingView(
        setting.key(),
        setting.value(),
        setting.running(),
        setting.from(),
        setting.locked(),
        setting.live(),
        setting.onMachine(),
        setting.needsRestart());
  }

  /** All settings, by key. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "Settings")
  record Page(List<SettingView> items) {
    Page {
      items = List.copyOf(items);
    }
  }

  /**
   * What a setting is to be.
   *
   * @param value as in a file of the configuration; several with commas between
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "SettingBody")
  record Body(String value) {}
}

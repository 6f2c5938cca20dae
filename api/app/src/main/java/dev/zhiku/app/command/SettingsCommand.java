package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.ingest.source.HiddenCharacters;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku settings list}, {@code get}, {@code set} and {@code unset}. */
@Command(
    name = "settings",
    description = "Shows and changes settings of the running service, in its data folder.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {
  private static final String LINE = "%-44s %-28s %s%n";

  /** An operation on the settings. */
  enum Action {
    /** Shows all. */
    LIST,
    /** Shows one. */
    GET,
    /** Changes one. */
    SET,
    /** Takes back what was set here. */
    UNSET
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|get|set|unset",
      description = "What is done; list where nothing is given")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description = "get, set, unset: a key of the configuration, such as masking.reader")
  private @Nullable String key;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "set: as in zhiku.yml; several with commas between")
  private @Nullable String value;

  @Override
  public Integer call() throws InterruptedException {
    ZhikuConfig config = options.load();
    PrintWriter out = spec.commandLine().getOut();
    try (LocalService service = LocalService.of(config)) {
      switch (action) {
        case LIST -> {
          out.printf(LINE, "KEY", "VALUE", "FROM");
          JsonObject.objects(service.get("/settings"), "items").forEach(one -> line(one, out));
        }
        case GET -> line(service.get(path()), out);
        case SET -> line(service.put(path(), Map.of("value", given())), out);
        case UNSET -> line(service.delete(path()), out);
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private String path() {
    if (key == null) {
      throw new ParameterException(
          spec.commandLine(), "Name a key, such as masking.reader; settings list shows them.");
    }
    String bare = key.startsWith("zhiku.") ? key.substring("zhiku.".length()) : key;
    return "/settings/" + LocalService.encoded(bare);
  }

  private String given() {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "Give a value, or take back what was set with settings unset KEY.");
    }
    return value;
  }

  private static void line(Map<String, @Nullable Object> setting, PrintWriter out) {
    out.printf(
        LINE,
        JsonObject.text(setting, "key"),
        HiddenCharacters.shown(JsonObject.text(setting, "value")),
        JsonObject.text(setting, "from")
            + (Boolean.TRUE.equals(setting.get("locked")) ? ", locked" : "")
            + (Boolean.TRUE.equals(setting.get("needs_restart"))
                ? "; holds from the next start on, until then "
                    + HiddenCharacters.shown(JsonObject.text(setting, "running"))
                : ""));
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.Locale;
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

/** {@code zhiku source list} and {@code zhiku source confirm NAME}. */
@Command(
    name = "source",
    description = "Shows the folders that are answered from, and confirms one that is held.",
    mixinStandardHelpOptions = true)
final class SourceCommand implements Callable<Integer> {
  /** What can be done with sources. */
  enum Action {
    /** Shows each with its state. */
    LIST,
    /** Believes a held one as it is now. */
    CONFIRM;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "list|confirm",
      description = "list: every source; confirm: what is missing from a held one is removed")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source to confirm, as list names it")
  private @Nullable String name;

  @Override
  public Integer call() throws InterruptedException {
    try (LocalService service = LocalService.of(options.load())) {
      switch (action) {
        case LIST -> list(service);
        case CONFIRM -> confirm(service);
      }
    }
    return ExitCode.OK;
  }

  private void list(LocalService service) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonObject.objects(service.get("/status"), "sources")
        .forEach(source -> SourceLine.print(out, source));
    out.flush();
  }

  private void confirm(LocalService service) throws InterruptedException {
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(), "Which source? For example: zhiku source confirm knowledge");
    }
    String path = LocalService.encoded(name);
    Map<String, @Nullable Object> source = service.post("/sources/" + path + "/confirm", Map.of());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Confirmed: the folder of %s (%s) is believed as it is now.%n",
        JsonObject.text(source, "name"), JsonObject.text(source, "root"));
    out.flush();
  }
}

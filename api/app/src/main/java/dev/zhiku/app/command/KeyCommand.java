package dev.zhiku.app.command;

import dev.zhiku.app.start.DataFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku key new}. */
@Command(
    name = "key",
    description = "Makes the access keys that an address beyond loopback needs.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  /** What can be done with keys. */
  enum Action {
    /** Two new keys, which replace those there were. */
    NEW;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "new", description = "new: two new keys, one to read, one to administer")
  private Action action = Action.NEW;

  @Override
  public Integer call() {
    Path data = options.load().data();
    PrintWriter out = spec.commandLine().getOut();
    switch (action) {
      case NEW -> {
        AccessKeyFile file = AccessKeyFile.ofData(data);
        file.replace();
        file.show(out, Ansi.AUTO.enabled());
      }
    }
    DataFolder.runningAt(data)
        .ifPresent(running -> out.println("Restart the service: it still knows the keys before."));
    return ExitCode.OK;
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that has the running service do something and prints what came of it. */
abstract class ServiceCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * The work of the command.
   *
   * @param out standard output, flushed afterwards
   */
  abstract void ask(LocalService service, PrintWriter out) throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (LocalService service = LocalService.of(options.load())) {
      ask(service, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** The command as it was typed, for messages about its arguments and for its output. */
  final CommandLine commandLine() {
    return spec.commandLine();
  }
}

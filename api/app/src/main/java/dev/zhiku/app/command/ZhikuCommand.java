package dev.zhiku.app.command;

import dev.zhiku.app.config.BadConfiguration;
import dev.zhiku.app.start.CannotClose;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** {@code zhiku}: hands over to its sub-commands and turns their failures into exit codes. */
@Command(
    name = "zhiku",
    description = "Answers from your own files, on your own machine.",
    mixinStandardHelpOptions = true,
    version = "Zhiku " + ZhikuCommand.VERSION,
    synopsisSubcommandLabel = "COMMAND")
public final class ZhikuCommand implements Runnable {
  /** Of this program. */
  public static final String VERSION = "0.1.0";

  private final CommandLine commandLine;

  /**
   * @param memoryMeasured for how long {@code doctor} measures the memory; at least a second
   * @param out what was asked for
   * @param err what went wrong
   */
  public ZhikuCommand(
      ServiceStarter starter,
      FolderTrial.Opening trials,
      KeyFolder.Opening keys,
      Duration memoryMeasured,
      PrintStream out,
      PrintStream err) {
    commandLine =
        new CommandLine(this)
            .addSubcommand(new ServeCommand(starter))
            .addSubcommand(new AskCommand())
            .addSubcommand(new ExplainCommand())
            .addSubcommand(new StatusCommand())
            .addSubcommand(new ScanCommand(trials))
            .addSubcommand(new EvalCommand(starter))
            .addSubcommand(new PauseCommand())
            .addSubcommand(new ResumeCommand())
            .addSubcommand(new ReindexCommand())
            .addSubcommand(new SourceCommand())
            .addSubcommand(new TrashCommand())
            .addSubcommand(new ModelCommand())
            .addSubcommand(new DoctorCommand(memoryMeasured))
            .addSubcommand(new KeyCommand(keys))
            .addSubcommand(new ConnectCommand())
            .addSubcommand(new McpCommand(System.in, out))
            .addSubcommand(new BackupCommand(keys))
            .addSubcommand(new RestoreCommand(keys))
            .addSubcommand(new AuditCommand())
            .addSubcommand(new SettingsCommand())
            .addSubcommand(new BundleCommand())
            .addSubcommand(new SupportCommand())
            .addSubcommand(new InviteCommand())
            .addSubcommand(new PersonCommand())
            .addSubcommand(new AccessCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(ConsoleWriter.to(out))
            .setErr(ConsoleWriter.to(err))
            .setExecutionExceptionHandler(new Failures());
  }

  /**
   * @return 0 done, 1 failed, 2 used wrongly or cannot start
   */
  public int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  @Override
  public void run() {
    commandLine.usage(commandLine.getOut());
  }

  /** Message and exit code of an exception that a command threw. */
  private static final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
        throws Exception {
      PrintWriter err = command.getErr();
      switch (e) {
        case BadConfiguration bad -> {
          return cannotStart(err, Code.BAD_CONFIGURATION, bad.getMessage());
        }
        case CannotStart cannot -> {
          return cannotStart(err, cannot.code(), cannot.getMessage());
        }
        case CannotClose cannot -> {
          return cannotClose(err, cannot);
        }
        case ServiceRefused refused -> {
          err.println(refused.getMessage());
          err.println(refused.remedy());
          return ExitCode.SOFTWARE;
        }
        default -> throw e;
      }
    }

    private static int cannotClose(PrintWriter err, CannotClose failure) {
      err.println("Not everything was closed:");
      failure.messages().forEach(err::println);
      err.println("The log has the causes. A service checks its stores at its next start.");
      return ExitCode.SOFTWARE;
    }

    private static int cannotStart(PrintWriter err, Code code, @Nullable String message) {
      err.println(code.wireName());
      err.println(message);
      return ExitCode.USAGE;
    }
  }
}

package dev.zhiku.app.testing;

import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.wiring.RestingKeys;
import dev.zhiku.app.wiring.Service;
import dev.zhiku.app.wiring.TrialIngest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A command as it is typed, run inside this JVM: the start of a process is most of what a short
 * command costs. {@link ServiceProcess#run} starts one. {@code doctor} measures for a second.
 */
public final class TypedCommand {
  private static final String FILE = "zhiku.yml";
  private static final Duration MEMORY_MEASURED = Duration.ofSeconds(1);

  private TypedCommand() {}

  /**
   * Runs a command to its end as if it were typed in a folder, by naming the configuration there;
   * one that says nothing is written where there is none.
   */
  public static Ended run(Path home, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = configuration(home).toString();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      int exitCode =
          new ZhikuCommand(
                  Service::start, TrialIngest::open, RestingKeys::open, MEMORY_MEASURED, both, both)
              .run(all);
      return new Ended(exitCode, printed.toString(StandardCharsets.UTF_8));
    }
  }

  private static Path configuration(Path home) {
    Path file = home.resolve(FILE);
    try {
      return Files.exists(file) ? file : Files.writeString(file, "zhiku: {}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

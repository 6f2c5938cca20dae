package dev.zhiku.api.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zhiku resume}. */
@Command(
    name = "resume",
    description = "Goes on reading files after a pause.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (LocalService service = LocalService.of(options.load())) {
      Map<String, @Nullable Object> queue = service.post("/ingest/resume", Map.of());
      out.println("Files are being read again.");
      out.printf("queue      %s waiting%n", queue.get("depth"));
    }
    return ExitCode.OK;
  }
}

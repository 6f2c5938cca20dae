package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells the ingest one thing and shows what waits then. */
abstract class QueueCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final String route;
  private final String done;

  /**
   * @param done what is said when the service has done it
   */
  QueueCommand(String route, String done) {
    this.route = route;
    this.done = done;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (LocalService service = LocalService.of(options.load())) {
      Map<String, @Nullable Object> queue = service.post(route, Map.of());
      out.println(done);
      out.printf("queue      %s waiting%n", queue.get("depth"));
    }
    return ExitCode.OK;
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the ingest one thing and shows what waits then. */
abstract class QueueCommand extends ServiceCommand {
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
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    Map<String, @Nullable Object> queue = service.post(route, Map.of());
    out.println(done);
    out.printf("queue      %s waiting%n", queue.get("depth"));
  }
}

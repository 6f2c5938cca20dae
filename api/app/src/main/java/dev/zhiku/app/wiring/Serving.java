package dev.zhiku.app.wiring;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.server.ServerParts;
import dev.zhiku.server.alarm.AlarmConfig;
import dev.zhiku.server.alarm.AlarmWatch;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import dev.zhiku.server.status.Conditions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.time.Clock;

/** The HTTP server on its port. */
final class Serving implements AutoCloseable {
  private final OpenParts parts;
  private final String url;

  private Serving(OpenParts parts, ServerParts needed, OllamaApiConfig ollama, AlarmConfig alarms) {
    this.parts = parts;
    ServerConfig config = needed.settings().server();
    ApplicationContext beans =
        parts.keep(
            "The beans of the server", Beans.start(ServerProperties.of(config, ollama), needed));
    NettyEmbeddedServer server = beans.getBean(NettyEmbeddedServer.class);
    try {
      server.start();
    } catch (ServerStartupException e) {
      throw StartChecks.portInUse(config.host(), config.port(), e);
    }
    parts.keep("The HTTP server", server::stopServerOnly);
    parts.keep("The questions on their way", needed.answering().runs());
    parts.keep("The state of the service", needed.operation().lifecycle()::stopping);
    parts.keep("The schedule of backups", needed.operation().schedule());
    Conditions conditions = beans.getBean(Conditions.class);
    AlarmWatch.start(() -> conditions.alarms(alarms), alarms, Clock.systemUTC())
        .ifPresent(watch -> parts.keep("The alarms", watch));
    needed.operation().schedule().start();
    needed.operation().lifecycle().serving();
    url = ServerProperties.url(config, server.getPort());
    needed.instance().listensAt(url);
  }

  /**
   * Serves until it is closed, and closes the questions on their way with it.
   *
   * @param ollama the port for programs for Ollama
   * @param alarms where word of what is wrong goes
   * @throws CannotStart if nobody can listen there
   */
  static Serving open(ServerParts needed, OllamaApiConfig ollama, AlarmConfig alarms)
      throws InterruptedException {
    return OpenParts.open(parts -> new Serving(parts, needed, ollama, alarms));
  }

  /** Where people of this machine find the page. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    parts.close();
  }
}

package dev.zhiku.samples;

import java.io.IOException;

/** The service the examples are run against; the only place that knows which one it is. */
final class RunningService implements AutoCloseable {
  private final ScriptedService service;

  private RunningService(ScriptedService service) {
    this.service = service;
  }

  static RunningService start() throws IOException {
    return new RunningService(ScriptedService.start());
  }

  /** Address to hand to an example, without a slash at the end. */
  String baseUrl() {
    return "http://127.0.0.1:" + service.port();
  }

  @Override
  public void close() {
    service.close();
  }
}

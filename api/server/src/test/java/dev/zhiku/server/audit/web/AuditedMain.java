package dev.zhiku.server.audit.web;

import dev.zhiku.server.audit.AuditConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that serves and writes down who asks, until it is killed. */
final class AuditedMain {
  private AuditedMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    AuditedServer server = AuditedServer.start(Path.of(arguments[0]), AuditConfig.DEFAULT);
    System.out.println("port " + server.http.port());
    System.out.flush();
    new CountDownLatch(1).await();
  }
}

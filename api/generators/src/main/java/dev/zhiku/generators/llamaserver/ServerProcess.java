package dev.zhiku.generators.llamaserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code llama-server}; closing it ends it. Thread-safe. */
final class ServerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final int LAST_LINES = 40;
  private static final Duration ASKING = Duration.ofSeconds(5);
  private static final Duration ENDING = Duration.ofSeconds(5);

  /** Of 1,000: when memory runs out the model goes before the service and its databases. */
  private static final String ENDED_EARLY = "600";

  private final Process process;
  private final HttpRequest health;
  private final HttpClient client;
  private final Deque<String> said = new ArrayDeque<>();

  private ServerProcess(Process process, URI address, HttpClient client) {
    this.process = process;
    this.client = client;
    this.health = HttpRequest.newBuilder(address.resolve("/health")).timeout(ASKING).GET().build();
  }

  /**
   * Starts it; does not wait until the model is loaded. The thread that calls has to live as long
   * as the server is to.
   *
   * @param directory where it runs, and its home
   * @param client to ask it for signs of life; closed with the process
   */
  static ServerProcess start(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      URI address,
      HttpClient client)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    ServerProcess server = new ServerProcess(process, address, client);
    server.yieldMemory();
    Thread.ofVirtual().name("llama-server-log").start(server::read);
    return server;
  }

  private void yieldMemory() {
    Path score = Path.of("/proc", Long.toString(process.pid()), "oom_score_adj");
    try {
      if (Files.isWritable(score)) {
        Files.writeString(score, ENDED_EARLY);
      }
    } catch (IOException e) {
      LOG.debug("the system keeps its own order when memory runs out", e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      LOG.debug("llama-server says no more", e);
    }
  }

  private synchronized void keep(String line) {
    LOG.debug("llama-server: {}", line);
    said.addLast(line);
    if (said.size() > LAST_LINES) {
      said.removeFirst();
    }
  }

  /** The last lines that it wrote. */
  synchronized String lastLines() {
    return String.join("\n", said);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Whether it answers, with its model loaded. */
  boolean isWell() throws InterruptedException {
    try {
      return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    boolean interrupted = false;
    try {
      process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    client.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

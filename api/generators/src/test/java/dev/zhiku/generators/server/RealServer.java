package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A model server's own program, on a free port of this machine, with a home of its own and nothing
 * of the environment but {@code PATH}. Not thread-safe.
 */
public final class RealServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path home;
  private final int port;
  private final String sign;
  private final List<String> command;
  private final Map<String, String> environment;
  private Process process;

  private RealServer(
      Path home, int port, String sign, List<String> command, Map<String, String> environment) {
    this.home = home;
    this.port = port;
    this.sign = sign;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.process = launch();
  }

  /** The program that an environment variable names; without one the test is skipped. */
  public static Path program(String variable) {
    Optional<String> path = Optional.ofNullable(System.getenv(variable));
    assumeTrue(
        path.isPresent(), variable + " names no program, so no real server of its kind was tried");
    return Path.of(path.orElseThrow()).toAbsolutePath();
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param home of the program; its log is written there
   * @param sign a path that is answered with 200 as soon as it can be asked
   * @param command by port
   * @param environment by port
   */
  public static RealServer start(
      Path home,
      String sign,
      IntFunction<List<String>> command,
      IntFunction<Map<String, String>> environment)
      throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RealServer server =
        new RealServer(home, port, sign, command.apply(port), environment.apply(port));
    server.awaitAnswer();
    return server;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private Process launch() {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private File log() {
    return home.resolve("server.log").toFile();
  }

  private void awaitAnswer() throws Exception {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri().resolve(sign)).build();
      while (!isAnswered(client, request)) {
        String said = Files.readString(log().toPath());
        assertThat(process.isAlive()).as(said).isTrue();
        assertThat(System.nanoTime()).as(said).isLessThan(limit);
        Thread.sleep(50);
      }
    }
  }

  private static boolean isAnswered(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code kill -9} for it and every process that it has started. */
  public void kill() {
    List<ProcessHandle> all = processes().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** The same for the processes that it has started alone. */
  public void killChildren() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it again on the same port and waits until it answers. */
  public void restart() throws Exception {
    process = launch();
    awaitAnswer();
  }

  /** Time that it and the processes that it has started have computed so far. */
  public Duration computed() {
    return processes()
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  @Override
  public void close() {
    kill();
  }
}

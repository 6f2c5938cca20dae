package dev.zhiku.app.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running service in a process of its own, started like the launcher does it. Not thread-safe.
 * Closing it asks it to stop and waits; what it printed stays in {@link #log()}.
 */
public final class ServiceProcess implements AutoCloseable {
  /**
   * Longest wait for what has to happen, by the clock. A free machine needs seconds for it; one on
   * which twenty others compute needs minutes, for parsers come last.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The launcher's for {@code serve} and {@code scan}. */
  private static final List<String> COMPUTING =
      List.of("--add-modules", "jdk.incubator.vector", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError");

  /** The launcher's for what ends soon. */
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** The launcher's, so that ingest yields to questions. */
  private static final List<String> PRIORITIES =
      List.of(
          "-XX:-PrintWarnings",
          "-XX:ThreadPriorityPolicy=1",
          "-XX:JavaPriority1_To_OSPriority=5",
          "-XX:JavaPriority8_To_OSPriority=0",
          "-XX:JavaPriority9_To_OSPriority=0",
          "-XX:JavaPriority10_To_OSPriority=0");

  private final Process process;
  private final Path log;
  private final String url;

  /** A moment before the process began. */
  private final Instant startedAt;

  private final HttpClient client = HttpClient.newHttpClient();

  private ServiceProcess(Instant startedAt, Process process, Path log, String url) {
    this.startedAt = startedAt;
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /** What a process that ended by itself left behind. */
  public record Ended(int exitCode, String output) {}

  /**
   * Starts {@code zhiku serve} on a free port and waits until it says that it runs.
   *
   * @param home holds {@code data}, {@code knowledge} and the log
   * @param options further options of {@code serve}
   */
  public static ServiceProcess start(Path home, String... options) {
    return startUnder(home, List.of(), options);
  }

  /**
   * The same with the folder {@code data} on a disk of its own, in memory, that ends with the
   * process. Others reach it under {@link #folderSeenByIt}. Linux with user namespaces only.
   *
   * @param dataBytes size of that disk
   */
  public static ServiceProcess startOnSmallDisk(Path home, long dataBytes, String... options) {
    return startWithDisk(home, "data", "size=" + dataBytes, options);
  }

  /**
   * The same with a disk of its own for any folder, which is there already.
   *
   * @param limits as mount takes them for a tmpfs, such as {@code nr_inodes=500}
   */
  public static ServiceProcess startWithDisk(
      Path home, String folder, String limits, String... options) {
    String mount = "mount -t tmpfs -o " + limits + " tmpfs " + folder + " && exec \"$@\"";
    return startUnder(home, List.of("unshare", "-Urm", "sh", "-c", mount, "sh"), options);
  }

  /** The same on a disk that outlives it, or without a network. */
  public static ServiceProcess startOn(Enclosure inside, Path home, String... options) {
    return startUnder(home, inside.prefix(home), options);
  }

  /** The same with so many open files at most. */
  public static ServiceProcess startWithDescriptors(Path home, int most, String... options) {
    return startUnder(home, limitingDescriptors(most), options);
  }

  private static List<String> limitingDescriptors(int most) {
    return List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh");
  }

  private static ServiceProcess startUnder(Path home, List<String> before, String... options) {
    return start(home, before, LoadedClasses.options(), options);
  }

  /** Such a service with other options of Java than the launcher's. */
  static ServiceProcess startWith(Path home, List<String> java) {
    return start(home, List.of(), java);
  }

  private static ServiceProcess start(
      Path home, List<String> before, List<String> java, String... options) {
    List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
    all.addAll(List.of(options));
    Path log = home.resolve("service.log");
    Instant startedAt = Instant.now();
    Process process = launch(home, log, before, java, all);
    return new ServiceProcess(startedAt, process, log, awaitUrl(process, log));
  }

  /**
   * The same under {@code strace}, with its children.
   *
   * @param calls names of system calls, with commas between
   * @param record file that the calls are written to
   */
  public static ServiceProcess startTraced(
      Path home, String calls, Path record, String... options) {
    // With -D it is the tracer that is the other's child: the process started is the service.
    return startUnder(
        home,
        List.of("strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", calls, "-o", record.toString()),
        options);
  }

  /** A folder as the process sees it, with the disks that only it has. */
  public Path folderSeenByIt(Path folder) {
    return Path.of("/proc", Long.toString(process.pid()), "root")
        .resolve(Path.of("/").relativize(folder.toAbsolutePath()));
  }

  /** Runs a command to its end. */
  public static Ended run(Path home, String... arguments) {
    return run(home, List.of(), arguments);
  }

  /** The same on a disk that outlives it, or without a network. */
  public static Ended runOn(Enclosure inside, Path home, String... arguments) {
    return run(home, inside.prefix(home), arguments);
  }

  /** The same with so many open files at most. */
  public static Ended runWithDescriptors(Path home, int most, String... arguments) {
    return run(home, limitingDescriptors(most), arguments);
  }

  private static Ended run(Path home, List<String> before, String... arguments) {
    Path log = home.resolve("command.log");
    Process process = launch(home, log, before, List.of(), List.of(arguments));
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + String.join(" ", arguments));
      }
      return new Ended(process.exitValue(), read(log));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Process launch(
      Path home, Path log, List<String> before, List<String> java, List<String> arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(optionsOf(arguments.getFirst()));
    command.addAll(java);
    command.add("-Dzhiku.home=" + repository());
    // The product's log, not that of the tests, which may stand on the class path too.
    command.add("-Dlogback.configurationFile=logback.xml");
    command.add("dev.zhiku.app.Main");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("CLASSPATH", LoadedClasses.classPath());
    builder.environment().keySet().removeIf(name -> name.startsWith("ZHIKU_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> optionsOf(String subcommand) {
    List<String> options = new ArrayList<>();
    switch (subcommand) {
      case "serve" -> {
        options.addAll(COMPUTING);
        if (System.getProperty("os.name").equals("Linux")) {
          options.addAll(PRIORITIES);
        }
      }
      case "scan" -> options.addAll(COMPUTING);
      case "doctor" -> {}
      default -> options.addAll(SHORT);
    }
    return options;
  }

  /** Root of the checkout that the tests run in. */
  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new AssertionError("no checkout above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  private static String awaitUrl(Process process, Path log) {
    Instant limit = Instant.now().plus(PATIENCE);
    String marker = "Zhiku is running at ";
    while (Instant.now().isBefore(limit)) {
      boolean alive = process.isAlive();
      String printed = read(log);
      for (String line : wholeLines(printed)) {
        if (line.startsWith(marker)) {
          return line.substring(marker.length()).strip();
        }
      }
      if (!alive) {
        throw new AssertionError("ended with " + process.exitValue() + ":\n" + printed);
      }
      pause(50);
    }
    process.destroyForcibly();
    throw new AssertionError("not running after " + PATIENCE + ":\n" + read(log));
  }

  /** The last one may be half written. */
  private static List<String> wholeLines(String printed) {
    return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
  }

  private static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Where it listens, without a slash at the end. */
  public String url() {
    return url;
  }

  public long processId() {
    return process.pid();
  }

  /** Files, pipes and sockets that the process has open now; 0 where the system does not tell. */
  public int openDescriptors() {
    String[] open = Path.of("/proc", Long.toString(process.pid()), "fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  /**
   * Command lines of the processes it has started itself and that run now; what a wall around one
   * of them starts inside is not counted.
   */
  public List<String> children() {
    return process.children().map(child -> child.info().commandLine().orElse("")).toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it printed so far. */
  public String log() {
    return read(log);
  }

  /** An answer with its status. */
  public record Response(int status, JsonNode body) {}

  public Response get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET().build());
  }

  public Response delete(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).DELETE().build());
  }

  public Response post(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** Uploads a text file. */
  public Response upload(String name, String text) {
    String form =
        "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\n\r\n"
            + text
            + "\r\n--border--\r\n";
    return send(
        HttpRequest.newBuilder(URI.create(url + "/documents"))
            .header("Content-Type", "multipart/form-data; boundary=border")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  /** Value of a counter without labels; 0 before its first count. */
  public double metric(String name) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics")).GET().build();
    try {
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks in the given mode; the whole response. */
  public JsonNode ask(String question, String mode) {
    ObjectNode body = JSON.createObjectNode().put("question", question).put("mode", mode);
    Response response = post("/query", body.toString());
    if (response.status() != 200) {
      throw new AssertionError(response.status() + " " + response.body());
    }
    return response.body();
  }

  private Response send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      JsonNode body =
          response.body().length == 0 ? JSON.nullNode() : JSON.readTree(response.body());
      return new Response(response.statusCode(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Asks {@code /status} until the condition holds.
   *
   * @return the status that met it
   */
  public JsonNode awaitStatus(Duration limit, Predicate<JsonNode> condition) {
    Instant end = Instant.now().plus(limit);
    JsonNode status = get("/status").body();
    while (!condition.test(status)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not met after " + limit + ": " + status);
      }
      pause(50);
      status = get("/status").body();
    }
    return status;
  }

  /**
   * Waits until the folders have been looked through since the start and nothing is pending. There
   * must be a file.
   */
  public JsonNode awaitRest(Duration limit) {
    awaitStatus(limit, this::hasLookedThrough);
    return awaitStatus(
        limit, s -> s.at("/files/pending").asInt() == 0 && s.at("/files/total").asInt() > 0);
  }

  /**
   * Whether every folder but the samples, which own files switch off, has been looked through since
   * the start. Before, the counts say how it was when the service ended. They may have been read
   * before this: only those of a later status have all that was found.
   */
  public boolean hasLookedThrough(JsonNode status) {
    JsonNode sources = status.path("sources");
    for (JsonNode source : sources) {
      JsonNode last = source.get("last_scan_at");
      boolean since = !last.isNull() && Instant.parse(last.asText()).isAfter(startedAt);
      if (!since && !source.get("name").asText().equals("samples")) {
        return false;
      }
    }
    return !sources.isEmpty();
  }

  /** {@code kill -9}, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Asks it to stop (SIGTERM).
   *
   * @return its exit code
   */
  public int stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not stop within " + PATIENCE + ":\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A pause where nothing tells when something has happened. */
  public static void pause(long millis) {
    PromisedTime.pause(millis);
  }

  @Override
  public void close() {
    client.shutdownNow();
    if (process.isAlive()) {
      stop();
    }
  }
}

package dev.zhiku.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.server.http.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service under load, on a small disk that outlives it, with two folders and a scripted model. It
 * knows what stands in the folders, and asks for all of it. For one thread.
 */
public final class SoakedService implements AutoCloseable {
  private static final long DISK_BYTES = 160L << 20;
  private static final int MOST_FILES = 40;
  private static final int FILES_A_ROUND = 6;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final String CONFIGURATION =
      """
      zhiku:
        samples: {enabled: false}
        embedding: {backend: hashing}
        sources: [{name: knowledge, path: knowledge}, {name: share, path: share, scan: 2s}]
        ingest: {keep-free-bytes: 24MB}
        generator: {backend: ollama, ollama: {base-url: "http://127.0.0.1:PORT", model: soak}}
      """;

  private final Path home;
  private final KeptDisk disk;
  private final FakeModelServer model;
  private final AtomicBoolean modelIsAway = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong questions = new AtomicLong();

  /** The word of each file that stands there, by its path. */
  private final Map<String, String> words = new TreeMap<>();

  private final Thread asking;
  private volatile ServiceProcess service;
  private int made;

  private SoakedService(Path home) throws IOException {
    this.home = home;
    model = FakeModelServer.start(this::answer);
    for (String folder : List.of("knowledge", "share", "data")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.writeString(
        home.resolve("zhiku.yml"), CONFIGURATION.replace("PORT", Integer.toString(model.port())));
    disk = KeptDisk.mount(home, "data", DISK_BYTES);
    service = ServiceProcess.startOn(disk, home);
    asking = Thread.ofVirtual().start(this::ask);
  }

  /** Starts it, with nothing in its folders. */
  public static SoakedService start(Path home) throws IOException {
    return new SoakedService(home);
  }

  /** Questions that were answered so far. */
  public long questions() {
    return questions.get();
  }

  /** Files that stand in the folders. */
  public int files() {
    return words.size();
  }

  private void answer(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    if (modelIsAway.get()) {
      exchange.cut();
    } else if (request.path().equals("/api/show")) {
      exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      exchange.stream("application/x-ndjson");
      exchange.chunk("{\"message\":{\"content\":\"It is serviced in May [1].\"},\"done\":false}\n");
      exchange.chunk("{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n");
      exchange.end();
    }
  }

  /** Asks without end; whoever is asked may be dead at that moment. */
  private void ask() {
    while (!over.get()) {
      try {
        service.ask("When is a machine serviced?", "answer");
        questions.incrementAndGet();
      } catch (UncheckedIOException | AssertionError refused) {
        ServiceProcess.pause(100);
      }
    }
  }

  /** Adds files, changes some, and takes some away, on the disk or through the service. */
  public void load(Random random) throws IOException {
    for (int i = 0; i < FILES_A_ROUND; i++) {
      made++;
      write((random.nextBoolean() ? "knowledge" : "share") + "/machine" + made + ".md");
    }
    List<String> paths = new ArrayList<>(words.keySet());
    write(paths.get(random.nextInt(paths.size())));
    while (words.size() > MOST_FILES) {
      String path = paths.remove(random.nextInt(paths.size()));
      Files.delete(home.resolve(path));
      words.remove(path);
    }
  }

  private void write(String path) throws IOException {
    String word = "zq" + Integer.toString(1_000_000 + 7 * made + words.size(), 36) + "x" + made;
    made++;
    Files.writeString(
        home.resolve(path),
        "# Machine " + word + "\n\nThe machine " + word + " is serviced in May.\n");
    words.put(path, word);
  }

  /** Lets it suffer, and ends the fault. */
  public void suffer(Fault fault, Random random) throws IOException {
    switch (fault) {
      case KILLED -> {
        ServiceProcess.pause(random.nextInt(1_500));
        service.kill();
        service = ServiceProcess.startOn(disk, home);
      }
      case STOPPED -> {
        ServiceProcess.pause(random.nextInt(1_500));
        assertThat(service.stop()).isZero();
        service = ServiceProcess.startOn(disk, home);
      }
      case DISK_FULL -> fillDisk(random);
      case MODEL_AWAY -> {
        modelIsAway.set(true);
        ServiceProcess.pause(2_000 + random.nextInt(2_000));
        modelIsAway.set(false);
      }
      case SHARE_GONE -> {
        Files.move(home.resolve("share"), home.resolve("share.away"));
        ServiceProcess.pause(3_000 + random.nextInt(2_000));
        Files.move(home.resolve("share.away"), home.resolve("share"));
      }
      case HOSTILE_REQUESTS -> attack(random);
    }
  }

  private void fillDisk(Random random) throws IOException {
    Path ballast = disk.seen(home.resolve("data")).resolve("ballast");
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[BLOCK_BYTES]);
      }
    } catch (IOException full) {
      ServiceProcess.pause(2_000 + random.nextInt(2_000));
    }
    Files.delete(ballast);
  }

  private void attack(Random random) {
    int port = URI.create(service.url()).getPort();
    String local = "Host: 127.0.0.1:" + port + "\r\n";
    List<String> requests =
        List.of(
            "GET /documents/../../etc/passwd HTTP/1.1\r\n" + local + "\r\n",
            "POST /query HTTP/1.1\r\n" + local + "Content-Length: 99999999\r\n\r\n{",
            "POST /query HTTP/1.1\r\n"
                + local
                + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "POST /documents HTTP/1.1\r\n"
                + local
                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n\r\n--x\r\n--x-",
            "\u0000\u0001\u0002 nonsense\r\n\r\n");
    for (int i = 0; i < 200; i++) {
      try (RawHttp client = new RawHttp(port)) {
        client.send(requests.get(random.nextInt(requests.size())));
      } catch (UncheckedIOException refused) {
        ServiceProcess.pause(10);
      }
    }
  }

  /**
   * Waits until every file that stands there is answered from, and nothing else is.
   *
   * @param what is named where that does not come
   */
  public void awaitWhole(String what) {
    Instant end = Instant.now().plus(ServiceProcess.PATIENCE);
    String missing = "the first look";
    while (!missing.isEmpty()) {
      assertThat(Instant.now()).as(what + ": " + missing).isBefore(end);
      ServiceProcess.pause(200);
      missing = missing();
    }
  }

  /** What is not as it should be; empty if all is. */
  private String missing() {
    try {
      JsonNode files = service.get("/status").body().at("/files");
      if (files.at("/indexed").asInt() != words.size() || files.at("/pending").asInt() > 0) {
        return words.size() + " files stand there, and known are " + files;
      }
      for (Map.Entry<String, String> one : words.entrySet()) {
        String found = service.ask(one.getValue(), "passages").at("/passages/0/text").asText();
        if (!found.contains(one.getValue())) {
          return one + " is not found, but " + found;
        }
      }
      return "";
    } catch (UncheckedIOException | AssertionError e) {
      return e.toString();
    }
  }

  /** Nothing failed, and nothing was damaged. */
  public void assertSound() {
    JsonNode status = service.get("/status").body();
    assertThat(status.at("/files/failed").asInt()).isZero();
    assertThat(service.log()).doesNotContain("is damaged");
    over.set(true);
    try {
      asking.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    service.close();
    ServiceProcess.Ended verified = ServiceProcess.runOn(disk, home, "audit", "verify");
    assertThat(verified.exitCode()).as(verified.output()).isZero();
    System.out.println(verified.output().lines().limit(2).toList());
  }

  @Override
  public void close() {
    over.set(true);
    service.close();
    disk.close();
    model.close();
  }
}

package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.testing.SelfSigned;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real proxies with the configurations of {@code samples/reach} before the service, and a model
 * that says nothing for longer than proxies wait. Programs are those of the PATH, or named by
 * {@code ZHIKU_TEST_NGINX} and {@code ZHIKU_TEST_CADDY}; without any the test is skipped.
 */
@Tag("long")
@Timeout(1_800)
class ProxiesIT {
  private static final Duration SILENCE = Duration.ofSeconds(130);

  /** Longest that a response may say nothing: the patience of JSON, and some for a busy machine. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(45);

  private static final String QUESTION =
      "{\"question\": \"How often does the cooling pump need oil?\"}";

  @TempDir Path home;
  private FakeModelServer model;
  private ServiceProcess service;
  private String key = "";
  private final List<Process> proxies = new ArrayList<>();

  /** Addresses under which the service is reached, by name. */
  private final Map<String, String> doors = new TreeMap<>();

  @BeforeEach
  void start() throws Exception {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    SelfSigned.write(home.resolve("kb.pem"), home.resolve("kb.key"));
    model = FakeModelServer.start(ProxiesIT::ollama);
    Files.writeString(
        home.resolve("zhiku.yml"),
        """
        zhiku:
          server: {public-url: "https://localhost", trusted-proxies: [127.0.0.1]}
          generator: {backend: ollama, ollama: {base-url: "http://127.0.0.1:%d", concurrency: 8}}
        """
            .formatted(model.port()));
    service = ServiceProcess.start(home);
    key = AccessKeys.find(home.resolve("data/access.key")).orElseThrow().text(Role.READER);
    program("nginx", "ZHIKU_TEST_NGINX").ifPresent(this::startNginx);
    program("caddy", "ZHIKU_TEST_CADDY").ifPresent(this::startCaddy);
    assumeTrue(!doors.isEmpty(), "skipped: neither nginx nor Caddy is here");
  }

  @AfterEach
  void stop() {
    proxies.forEach(Process::destroy);
    if (service != null) {
      service.close();
    }
    model.close();
  }

  private static void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException, InterruptedException {
    if (request.path().equals("/api/show")) {
      exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      exchange.stream("application/x-ndjson");
      exchange.pause(SILENCE.toMillis());
      exchange.chunk(
          "{\"message\":{\"content\":\"It needs oil every month [1].\"},\"done\":false}\n");
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":90,\"eval_count\":9}\n");
      exchange.end();
    }
  }

  private static Optional<Path> program(String name, String variable) {
    String named = System.getenv(variable);
    String folders = System.getenv("PATH") + ":/usr/sbin";
    return Stream.concat(
            Stream.ofNullable(named).map(Path::of),
            Stream.of(folders.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void startNginx(Path program) {
    int sample = freePort();
    int bare = freePort();
    String conf =
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          %2$s
          server {
            listen 127.0.0.1:%3$d;
            location / { proxy_pass %4$s; }
          }
        }
        """
            .formatted(
                home,
                sample("nginx.conf").replace("listen 443", "listen 127.0.0.1:" + sample),
                bare,
                service.url());
    launch(program, "nginx", conf, "-e", "stderr", "-p", home.toString(), "-c");
    doors.put("nginx", "https://localhost:" + sample);
    doors.put("nginx with nothing but proxy_pass", "http://127.0.0.1:" + bare);
    awaitPort(bare);
  }

  private void startCaddy(Path program) {
    int port = freePort();
    String conf =
        "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
            + sample("Caddyfile").replace("kb.example.com {", "https://localhost:" + port + " {");
    launch(program, "caddy", conf, "run", "--adapter", "caddyfile", "--config");
    doors.put("caddy", "https://localhost:" + port);
    awaitPort(port);
  }

  private String sample(String name) {
    try {
      return Files.readString(ServiceProcess.repository().resolve("samples/reach").resolve(name))
          .replace("http://127.0.0.1:8650", service.url())
          .replace("127.0.0.1:8650", URI.create(service.url()).getAuthority())
          .replaceAll("/etc/(nginx|caddy)/kb", home + "/kb");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void launch(Path program, String name, String configuration, String... arguments) {
    try {
      Path file = Files.writeString(home.resolve(name + ".conf"), configuration);
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      command.add(file.toString());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("HOME", home.toString());
      proxies.add(builder.redirectOutput(home.resolve(name + ".log").toFile()).start());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitPort(int port) {
    for (int i = 0; i < 600; i++) {
      try (Socket reached = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(reached.isConnected()).isTrue();
        return;
      } catch (ConnectException e) {
        pause();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("nobody listens at " + port);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What came, and the longest time without a byte. */
  private record Received(int status, String version, String body, Duration took, Duration pause) {}

  @Test
  void nobody_enters_through_a_proxy_without_a_key_and_answers_survive_a_silent_model()
      throws Exception {
    awaitIndexed();
    for (Map.Entry<String, String> door : doors.entrySet()) {
      assertThat(ask(door.getValue(), "application/json", "").status())
          .as(door.getKey())
          .isEqualTo(401);
    }
    Map<String, Future<Received>> answers = new TreeMap<>();
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      doors.forEach(
          (name, url) ->
              Stream.of("application/json", "text/event-stream")
                  .forEach(
                      type ->
                          answers.put(
                              name + ", " + type, tasks.submit(() -> ask(url, type, key)))));
    }
    for (Map.Entry<String, Future<Received>> answer : answers.entrySet()) {
      Received received = answer.getValue().get();
      System.out.printf(
          "%s: %s, %d s, longest pause %d s%n",
          answer.getKey(),
          received.version(),
          received.took().toSeconds(),
          received.pause().toSeconds());
      assertThat(received.status()).as(answer.getKey()).isEqualTo(200);
      assertThat(received.body()).as(answer.getKey()).contains("It needs oil every month");
      assertThat(received.took()).as(answer.getKey()).isGreaterThanOrEqualTo(SILENCE);
      assertThat(received.pause()).as(answer.getKey()).isLessThan(LONGEST_PAUSE);
      if (answer.getKey().endsWith("json")) {
        assertThat(new ObjectMapper().readTree(received.body()).at("/status").asText())
            .isEqualTo("answered");
      }
    }
  }

  private void awaitIndexed() throws Exception {
    HttpRequest status =
        HttpRequest.newBuilder(URI.create(service.url() + "/status"))
            .header("Authorization", "Bearer " + key)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (new ObjectMapper()
              .readTree(client.send(status, BodyHandlers.ofString()).body())
              .at("/files/indexed")
              .asInt()
          == 0) {
        pause();
      }
    }
  }

  private Received ask(String url, String accept, String bearer) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().sslContext(trusting(home.resolve("kb.pem"))).build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/query"))
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    long begin = System.nanoTime();
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    StringBuilder body = new StringBuilder();
    long last = begin;
    long longest = 0;
    byte[] buffer = new byte[8_192];
    try (InputStream in = response.body()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        long now = System.nanoTime();
        longest = Math.max(longest, now - last);
        last = now;
        body.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    }
    return new Received(
        response.statusCode(),
        response.version().name(),
        body.toString(),
        Duration.ofNanos(System.nanoTime() - begin),
        Duration.ofNanos(longest));
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "kb", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

package dev.zhiku.generators.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A registry that Ollama can pull from, on this machine, with one model: a manifest over TLS, and
 * its layers behind a redirect to another host, as Ollama wants them.
 */
final class FakeRegistry implements AutoCloseable {
  private static final String CONFIG =
      "{\"model_format\":\"gguf\",\"model_family\":\"llama\",\"model_families\":[\"llama\"],\"model_type\":\"100K\","
          + "\"file_type\":\"F32\",\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";

  /** What was asked of the model's own layer, in order. */
  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  /** So many replies stop in the middle and say nothing more. */
  final AtomicInteger hangs = new AtomicInteger();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, byte[]> blobs = new LinkedHashMap<>();
  private final String manifest;
  private final String model;
  private final HttpsServer registry;
  private final HttpServer store;

  private FakeRegistry(SSLContext tls, byte[] gguf, String template) throws Exception {
    model = add(gguf);
    manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"config\":%s,\"layers\":[%s,%s]}"
            .formatted(
                layer(
                    "docker.container.image.v1+json", add(CONFIG.getBytes(StandardCharsets.UTF_8))),
                layer("ollama.image.model", model),
                layer("ollama.image.template", add(template.getBytes(StandardCharsets.UTF_8))));
    registry = HttpsServer.create(free(), 0);
    registry.setHttpsConfigurator(new HttpsConfigurator(tls));
    registry.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    registry.createContext("/v2/library/tiny/manifests/", this::manifest);
    registry.createContext("/v2/library/tiny/blobs/", this::redirect);
    store = HttpServer.create(free(), 0);
    store.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    store.createContext("/", this::send);
    registry.start();
    store.start();
  }

  /** Shows this certificate. */
  static FakeRegistry serving(Path certificate, Path key, byte[] gguf, String template)
      throws Exception {
    return new FakeRegistry(tls(certificate, key), gguf, template);
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static SSLContext tls(Path certificate, Path key)
      throws GeneralSecurityException, IOException {
    Certificate shown;
    try (InputStream in = Files.newInputStream(certificate)) {
      shown = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----", "");
    char[] password = "for-this-test-only".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, password);
    keys.setKeyEntry(
        "registry",
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
        password,
        new Certificate[] {shown});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private String add(byte[] blob) throws GeneralSecurityException {
    String digest =
        "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
    blobs.put(digest, blob);
    return digest;
  }

  private String layer(String type, String digest) {
    return "{\"mediaType\":\"application/vnd.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest, blob(digest).length);
  }

  private byte[] blob(String digest) {
    return Objects.requireNonNull(blobs.get(digest), digest);
  }

  /** What to pull. */
  String name() {
    return "localhost:" + registry.getAddress().getPort() + "/library/tiny:0.1";
  }

  private static String digest(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void manifest(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void redirect(HttpExchange exchange) throws IOException {
    try (exchange) {
      String digest = digest(exchange);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().add("Content-Length", Integer.toString(blob(digest).length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange
            .getResponseHeaders()
            .add("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/" + digest);
        exchange.sendResponseHeaders(307, -1);
      }
    }
  }

  private void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      String digest = digest(exchange);
      byte[] blob = blob(digest);
      String range = exchange.getRequestHeaders().getFirst("Range");
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int length = Integer.parseInt(ends[1]) + 1 - from;
      exchange.sendResponseHeaders(206, length);
      OutputStream out = exchange.getResponseBody();
      if (digest.equals(model)) {
        ranges.add(range);
        if (hangs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          out.write(blob, from, length / 2);
          out.flush();
          awaitClose();
          return;
        }
      }
      out.write(blob, from, length);
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    registry.stop(0);
    store.stop(0);
  }
}

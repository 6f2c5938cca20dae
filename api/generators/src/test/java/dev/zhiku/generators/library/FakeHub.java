package dev.zhiku.generators.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub on this machine: files with ranges and sums, behind a redirect if wanted. */
public final class FakeHub implements AutoCloseable {
  /** Path of the file. */
  static final String FILE = "/unsloth/model/resolve/main/tiny-Q4_K_M.gguf";

  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  volatile byte[] content;
  volatile boolean linksSum = true;
  volatile Optional<String> announcedSum = Optional.empty();
  volatile Optional<String> redirect = Optional.empty();
  public final AtomicInteger cuts = new AtomicInteger();
  volatile int hangAfter = -1;
  volatile int status;

  private FakeHub(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public static FakeHub serving(byte[] content) throws IOException {
    return new FakeHub(content);
  }

  /** A file that begins as a GGUF does. */
  public static byte[] gguf(long seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(0x46554747).putInt(3);
    return content;
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  URI home() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public URI file() {
    return URI.create(home() + FILE);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (status != 0) {
        exchange.sendResponseHeaders(status, -1);
      } else if (path.endsWith("/repo/files")) {
        list(exchange);
      } else if (redirect.isPresent() && !path.startsWith("/cdn")) {
        linked(exchange);
        exchange.getResponseHeaders().add("Location", redirect.get());
        exchange.sendResponseHeaders(302, -1);
      } else {
        send(exchange);
      }
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    String file = CatalogueModel.ALL.getFirst().file();
    String body =
        "{\"Code\":200,\"Data\":{\"Files\":[{\"Path\":\"README.md\",\"Size\":3},{\"Path\":\"%s\",\"Size\":%d,\"Sha256\":\"%s\"}]}}"
            .formatted(file, content.length, sha256(content));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void linked(HttpExchange exchange) {
    if (linksSum) {
      String sum = announcedSum.orElseGet(() -> sha256(content));
      exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + sum + "\"");
      exchange.getResponseHeaders().add("X-Linked-Size", Integer.toString(content.length));
    }
  }

  private void send(HttpExchange exchange) throws IOException {
    byte[] now = content;
    String etag = "\"" + sha256(now).substring(0, 12) + "\"";
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    ranges.add(String.valueOf(range));
    linked(exchange);
    exchange.getResponseHeaders().add("ETag", etag);
    int from = 0;
    if (range != null && (ifRange == null || ifRange.equals(etag))) {
      from = Integer.parseInt(range.replaceAll("\\D", ""));
      if (from >= now.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (now.length - 1) + "/" + now.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, now.length - from);
    body(exchange.getResponseBody(), now, from);
  }

  private void body(OutputStream out, byte[] now, int from) throws IOException {
    if (hangAfter >= 0) {
      out.write(now, from, Math.min(hangAfter, now.length - from));
      out.flush();
      hanging.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      out.write(now, from, (now.length - from) / 2);
      out.flush();
      throw new IOException("cut, as the test wants");
    } else {
      out.write(now, from, now.length - from);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}

package dev.zhiku.generators.server;

import dev.zhiku.generators.testing.SilentPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A model server down to the bytes: speaks HTTP by hand, so that a script can stop, break and lie
 * at any place. Thread-safe.
 */
public final class FakeModelServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Script script;
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** One request, as it came. */
  public record Request(String method, String path, String authorization, String body) {}

  /** What the server does with a request. */
  public interface Script {
    void play(Request request, Exchange exchange) throws IOException, InterruptedException;
  }

  private FakeModelServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
  }

  /** Listens on a port of its own. */
  public static FakeModelServer start(Script script) throws IOException {
    return listen(0, script);
  }

  /** Listens on this port. */
  public static FakeModelServer listen(int port, Script script) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    FakeModelServer server = new FakeModelServer(socket, script);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  public int port() {
    return socket.getLocalPort();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The requests so far whose path ends so, in order. */
  public List<Request> requests(String path) {
    return List.copyOf(requests).stream().filter(r -> r.path().endsWith(path)).toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        if (closed) {
          client.close();
        }
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (true) {
        Exchange exchange = new Exchange(client, in);
        Request request = read(in);
        requests.add(request);
        script.play(request, exchange);
        if (exchange.isLast()) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went, or the script cut it off.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", -1);
    int length = 0;
    String authorization = "";
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      } else if (lower.startsWith("authorization:")) {
        authorization = header.substring(header.indexOf(':') + 1).strip();
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], authorization, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the client is gone");
      }
      if (c != '\r') {
        line.write(c);
      }
      c = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Closes it and keeps its port, so that nobody answers there until the test wants it. */
  public SilentPort goAway() throws IOException {
    closed = true;
    SilentPort port = SilentPort.after(socket);
    close();
    return port;
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to one request. */
  public static final class Exchange {
    private final Socket client;
    private final InputStream in;
    private final OutputStream out;
    private boolean last;

    Exchange(Socket client, InputStream in) throws IOException {
      this.client = client;
      this.in = in;
      this.out = client.getOutputStream();
    }

    private boolean isLast() {
      return last;
    }

    /** A whole reply. */
    public void reply(int status, String type, String body, String... headers) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      head(status, type, "Content-Length: " + bytes.length, headers);
      out.write(bytes);
      out.flush();
    }

    /** A whole reply in JSON. */
    public void json(String body) throws IOException {
      reply(200, "application/json", body);
    }

    /** The head of a stream, in chunks. */
    public void stream(String type) throws IOException {
      head(200, type, "Transfer-Encoding: chunked");
      out.flush();
    }

    private void head(int status, String type, String length, String... headers)
        throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
      head.append("Content-Type: ").append(type).append("\r\n").append(length).append("\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One chunk. */
    public void chunk(String text) throws IOException {
      chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One chunk. */
    public void chunk(byte[] bytes) throws IOException {
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** The end of a stream, as it should be. */
    public void end() throws IOException {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** Ends the connection in the middle. */
    public void cut() throws IOException {
      last = true;
      client.setSoLinger(true, 0);
      client.close();
    }

    /** Says nothing until the client is gone, which brings the latch down. */
    public void hang(CountDownLatch gone) throws IOException {
      last = true;
      try {
        while (in.read() >= 0) {
          // A client that sends more while it waits is not expected, and not this server's problem.
        }
      } finally {
        gone.countDown();
      }
    }

    /** A pause. */
    public void pause(long millis) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }
}

package dev.zhiku.generators.egress;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a name that leads to a forbidden listener as soon as it was examined. */
final class RebindingClient {
  private final Set<String> examined = new TreeSet<>();
  private final AtomicInteger connections = new AtomicInteger();

  private RebindingClient() {}

  /** The rule of the product; right after it the name leads to the listener. */
  private record Rebound(GuardedClient.Guard rule, RebindingClient client, String listener)
      implements GuardedClient.Guard {
    @Override
    public boolean isNamed(String host) {
      return rule.isNamed(host);
    }

    @Override
    public void check(String host, InetAddress address) throws IOException {
      rule.check(host, address);
      client.examined.add(address.getHostAddress().replaceAll("(:0)+:", "::"));
      RebindingNames.lead(listener);
    }
  }

  /**
   * @param arguments what asks: download, redirect or model
   */
  public static void main(String[] arguments) throws InterruptedException {
    RebindingClient client = new RebindingClient();
    System.out.println(client.outcome(arguments[0]));
    System.out.println("examined " + String.join(" ", client.examined));
    System.out.println("connections " + client.connections);
    System.out.println("by now at " + RebindingNames.leadsTo());
    System.exit(0);
  }

  private String outcome(String what) throws InterruptedException {
    try {
      return what.equals("model") ? askModel() : download(what.equals("redirect"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String download(boolean redirected) throws IOException, InterruptedException {
    // Of the networks for everybody, and handed out to nobody.
    RebindingNames.lead("3000::1");
    try (ServerSocket listener = listener("127.0.0.1", 0);
        Download download =
            new Download(
                Duration.ofSeconds(20),
                new Rebound(new Download.PublicAlone(List.of("127.0.0.1")), this, "127.0.0.1"))) {
      URI target =
          URI.create(
              "https://" + RebindingNames.NAME + ":" + listener.getLocalPort() + "/model.gguf");
      return status(download, redirected ? redirectTo(target) : target);
    }
  }

  private static String status(Download download, URI address) throws InterruptedException {
    try (Download.Reply reply = download.open(address, Map.of())) {
      return Integer.toString(reply.status());
    } catch (IOException e) {
      return "failed";
    }
  }

  private static URI redirectTo(URI target) throws IOException {
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", target.toString());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/model.gguf");
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private String askModel() throws IOException, InterruptedException {
    RebindingNames.lead("127.0.0.1");
    HttpServer model = server();
    model.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    model.start();
    int port = model.getAddress().getPort();
    listener("127.0.0.2", port);
    try (HttpClient client =
        new GuardedClient(
            OutboundClients.direct(),
            new Rebound(new ModelServerAddress.Guard(List.of()), this, "127.0.0.2"),
            Egress.Purpose.MODEL)) {
      HttpRequest question =
          HttpRequest.newBuilder(URI.create("http://" + RebindingNames.NAME + ":" + port + "/"))
              .build();
      return Integer.toString(client.send(question, BodyHandlers.discarding()).statusCode());
    }
  }

  private ServerSocket listener(String address, int port) throws IOException {
    ServerSocket listener = new ServerSocket(port, 50, InetAddress.getByName(address));
    Thread.ofPlatform().daemon(true).start(() -> count(listener));
    return listener;
  }

  private void count(ServerSocket listener) {
    try {
      while (!listener.isClosed()) {
        listener.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

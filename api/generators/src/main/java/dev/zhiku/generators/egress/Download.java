package dev.zhiku.generators.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Fetches files that an administrator asked for: the one client that follows redirects, to https
 * addresses of public hosts alone. Other hosts, and plain http to this machine, have to be named in
 * {@code zhiku.generator.download-hosts}. Thread-safe. Closing it breaks off what is under way.
 */
public final class Download implements AutoCloseable {
  /** Most redirects for one file; hubs use one or two. */
  public static final int MAX_REDIRECTS = 5;

  private static final String NOT_PUBLIC =
      " is of this machine or of a private network; if it is meant, name it in"
          + " zhiku.generator.download-hosts";

  private final Transport transport;
  private final Duration idle;

  /**
   * @param idle longest wait for a reply, and for its next bytes
   * @param allowedHosts that are fetched from though they are not public
   */
  public Download(Duration idle, List<String> allowedHosts) {
    this(idle, new PublicAlone(List.copyOf(allowedHosts)));
  }

  Download(Duration idle, GuardedClient.Guard guard) {
    this.idle = idle;
    this.transport =
        new Transport(new GuardedClient(OutboundClients.direct(), guard, Egress.Purpose.DOWNLOAD));
  }

  /** All that its name leads to has to be public: one private address among them is enough. */
  record PublicAlone(List<String> allowedHosts) implements GuardedClient.Guard {
    @Override
    public boolean isNamed(String host) {
      return ModelServerAddress.isAllowed(host, allowedHosts);
    }

    @Override
    public void check(String host, InetAddress address) throws Forbidden {
      if (!Reach.isPublic(address)) {
        throw new Forbidden(host + NOT_PUBLIC);
      }
    }
  }

  /** The address without what may be a secret: name, password and query. */
  public static String shown(URI address) {
    return address.getScheme()
        + "://"
        + address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + (address.getRawPath() == null ? "" : address.getRawPath());
  }

  /** An address that is not fetched from. Its message names the rule. */
  public static final class Forbidden extends IOException {
    private static final long serialVersionUID = 1L;

    Forbidden(String message) {
      super(message);
    }
  }

  /**
   * A reply whose head has come. Close it.
   *
   * @param first headers of what the address itself replied, before any redirect
   * @param headers of the last reply, which has the body
   */
  public record Reply(int status, HttpHeaders first, HttpHeaders headers, InputStream body)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** Whether a file may be fetched from there. */
  public static boolean allows(URI address) {
    return address.getHost() != null
        && address.getUserInfo() == null
        && ("https".equals(address.getScheme()) || isPlainLoopback(address));
  }

  private static boolean isPlainLoopback(URI address) {
    return "http".equals(address.getScheme())
        && address.getHost() != null
        && LoopbackAddress.is(address.getHost());
  }

  /**
   * Asks for a file, redirects followed.
   *
   * @throws Forbidden if the address or one that it redirects to is not allowed
   * @throws BoundedBody.Silence if nobody replies in time; reading the body throws it too
   * @throws IOException if nobody is there
   */
  public Reply open(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    if (!allows(address)) {
      throw new Forbidden("only https addresses are fetched from, got " + shown(address));
    }
    URI next = address;
    HttpHeaders first = HttpHeaders.of(Map.of(), (name, value) -> true);
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Transport.Reply<BoundedBody> reply = send(next, headers);
      first = redirects == 0 ? reply.headers() : first;
      if (!isRedirect(reply.status())) {
        return new Reply(reply.status(), first, reply.headers(), reply.body());
      }
      reply.close();
      next = target(next, reply.headers());
    }
    throw new Forbidden("more than " + MAX_REDIRECTS + " redirects from " + shown(address));
  }

  private Transport.Reply<BoundedBody> send(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    try {
      return transport.open(request(address, headers), new BoundedBody(idle::toNanos));
    } catch (UnknownHostException e) {
      throw new Forbidden("nobody knows the host " + address.getHost());
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(URI from, HttpHeaders headers) throws Forbidden {
    String location = headers.firstValue("Location").orElse("");
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Forbidden("a redirect to what is no address");
    }
    boolean staysOnThisMachine = isPlainLoopback(to) && isPlainLoopback(from);
    if (!allows(to) || ("http".equals(to.getScheme()) && !staysOnThisMachine)) {
      throw new Forbidden("a redirect that is not to https: " + shown(to));
    }
    return to;
  }

  private static HttpRequest request(URI address, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept-Encoding", "identity").GET();
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public void close() {
    transport.close();
  }
}

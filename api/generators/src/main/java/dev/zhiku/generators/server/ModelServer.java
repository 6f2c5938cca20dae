package dev.zhiku.generators.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.BoundedBody;
import dev.zhiku.generators.egress.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One configured model server: short requests in JSON, and streams. Thread-safe. Closing it closes
 * its client.
 */
public final class ModelServer implements AutoCloseable {
  /** Longest reply to a short request, and to a refused one. */
  private static final int MAX_REPLY_BYTES = 4 << 20;

  private static final Duration FOREVER = Duration.ofDays(365);

  static final ObjectMapper JSON = new ObjectMapper();

  private final Transport transport;
  private final String base;
  private final Map<String, String> headers;

  /**
   * @param client made for this server
   * @param base address before the protocol's own path; a slash at its end does not matter
   * @param headers of every request
   */
  public ModelServer(HttpClient client, URI base, Map<String, String> headers) {
    this.transport = new Transport(client);
    this.base = base.toString().replaceAll("/+$", "");
    this.headers = Map.copyOf(headers);
  }

  /** What a server said to a short request. */
  public record Reply(int status, String body) {
    public boolean isOk() {
      return status / 100 == 2;
    }

    /** What it means that this reply is not good. */
    public ChatException refusal() {
      return Refusal.of(status, body);
    }

    /**
     * The body as JSON.
     *
     * @throws ChatException.Broken if it is none
     */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new ChatException.Broken(GeneratorText.of("server.no-json"), e);
      }
    }
  }

  /** The address before the protocol's own path, without a slash at its end. */
  public String base() {
    return base;
  }

  /**
   * @param path from the base on, with a slash
   * @throws ChatException if nobody answers in time
   */
  public Reply get(String path, Duration timeout) throws InterruptedException {
    return exchange(request(path).GET().build(), timeout);
  }

  /**
   * @param path from the base on, with a slash
   * @param body written as JSON
   * @throws ChatException if nobody answers in time
   */
  public Reply post(String path, Map<String, ?> body, Duration timeout)
      throws InterruptedException {
    String text = JSON.valueToTree(body).toString();
    return exchange(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text))
            .build(),
        timeout);
  }

  /**
   * @param path from the base on, with a slash
   * @param body written as JSON
   * @throws ChatException if nobody answers in time
   */
  public Reply delete(String path, Map<String, ?> body, Duration timeout)
      throws InterruptedException {
    return exchange(
        request(path)
            .header("Content-Type", "application/json")
            .method("DELETE", BodyPublishers.ofString(JSON.valueToTree(body).toString()))
            .build(),
        timeout);
  }

  /**
   * Hands on each line of a long reply, which is JSON, on the calling thread.
   *
   * @param path from the base on, with a slash
   * @param body written as JSON
   * @param idle longest wait for the next line
   * @throws ChatException if nobody answers, the reply is refused, or a line is no JSON
   */
  public void follow(
      String path, Map<String, ?> body, Duration idle, Consumer<? super JsonNode> lines)
      throws InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()))
            .build();
    Patience patience = new Patience(new Timeouts(idle, idle), FOREVER, System::nanoTime);
    try (Transport.Reply<StreamedBody> opened = open(request, patience)) {
      if (opened.status() / 100 != 2) {
        throw new Reply(opened.status(), text(opened)).refusal();
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(opened.body(), StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        patience.piece();
        if (!line.isBlank()) {
          lines.accept(new Reply(opened.status(), line).json());
        }
      }
    } catch (BoundedBody.Silence e) {
      throw new ChatException.TimedOut(GeneratorText.of("server.at", base), idle);
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new ChatException.Unreachable(base, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
    headers.forEach(builder::header);
    return builder;
  }

  private Reply exchange(HttpRequest request, Duration timeout) throws InterruptedException {
    Patience patience = new Patience(new Timeouts(timeout, timeout), timeout, System::nanoTime);
    try (Transport.Reply<StreamedBody> opened = open(request, patience)) {
      return new Reply(opened.status(), text(opened));
    } catch (BoundedBody.Silence e) {
      throw new ChatException.TimedOut(GeneratorText.of("server.at", base), timeout);
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new ChatException.Unreachable(base, e);
    }
  }

  /** The interrupt itself, where reading had to hide it in an exception of its own. */
  static InterruptedException interrupted(InterruptedIOException hidden) {
    Thread.interrupted();
    InterruptedException interrupt = new InterruptedException(hidden.getMessage());
    interrupt.initCause(hidden);
    return interrupt;
  }

  /** The body of a reply to a short request, as far as one may be long. */
  static String text(Transport.Reply<StreamedBody> reply) throws IOException {
    return new String(reply.body().readNBytes(MAX_REPLY_BYTES), StandardCharsets.UTF_8);
  }

  /** As {@link Transport#open}. */
  Transport.Reply<StreamedBody> open(HttpRequest request, Patience patience)
      throws IOException, InterruptedException {
    return transport.open(request, new StreamedBody(patience));
  }

  /**
   * A stream that is about to begin.
   *
   * @param deadline for all of it, from now on
   */
  public StreamedReply stream(Timeouts timeouts, Duration deadline) {
    return new StreamedReply(this, new Patience(timeouts, deadline, System::nanoTime));
  }

  @Override
  public void close() {
    transport.close();
  }
}

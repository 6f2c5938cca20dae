package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way in which requests leave: the head of a reply and each part of its body come within
 * their time or not at all, whoever waits can be interrupted, and giving up closes the connection.
 * Thread-safe. Closing it breaks off what is under way.
 */
public final class Transport implements AutoCloseable {
  private final HttpClient client;

  /**
   * @param client made by this package
   */
  public Transport(HttpClient client) {
    this.client = client;
  }

  /**
   * A reply whose head has come. Close it.
   *
   * @param body read with the patience of its request
   */
  public record Reply<B extends BoundedBody>(int status, HttpHeaders headers, B body)
      implements AutoCloseable {
    @Override
    public void close() {
      body.close();
    }
  }

  /**
   * Sends a request, whatever its verb, and waits for the head of the reply.
   *
   * @param body that takes what is sent; its patience holds for the head too
   * @throws BoundedBody.Silence if its patience ends first
   * @throws IOException if nobody is there or the connection breaks
   */
  public <B extends BoundedBody> Reply<B> open(HttpRequest request, B body)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> coming =
        client.sendAsync(request, BodyHandlers.ofPublisher());
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
          coming.get(Math.max(0, body.left()), TimeUnit.NANOSECONDS);
      response.body().subscribe(body);
      return new Reply<>(response.statusCode(), response.headers(), body);
    } catch (TimeoutException e) {
      throw new BoundedBody.Silence();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

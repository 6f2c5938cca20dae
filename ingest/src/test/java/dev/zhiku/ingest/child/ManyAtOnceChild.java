package dev.zhiku.ingest.child;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A child that answers several requests at once, as told. */
public final class ManyAtOnceChild {
  /** By its name, of each call that was cancelled or is asked about. */
  private static final Map<String, CountDownLatch> CANCELLED = new ConcurrentHashMap<>();

  private ManyAtOnceChild() {}

  public static void main(String[] arguments) {
    StreamingLoop.serve(
        unasked -> {
          System.out.println("printed while starting");
          unasked.send(bytes("starting"));
          unasked.send(bytes("ready"));
          return (request, exchange) ->
              answer(new String(request, StandardCharsets.UTF_8).split(" ", 2), exchange);
        });
  }

  private static void answer(String[] words, StreamingLoop.Exchange exchange) throws Exception {
    switch (words[0]) {
      case "echo" -> exchange.send(bytes(words[1]));
      case "count" -> {
        for (int i = 1; i <= Integer.parseInt(words[1]); i++) {
          exchange.send(bytes(Integer.toString(i)));
        }
      }
      case "until-cancelled" -> {
        exchange.send(bytes("begun"));
        while (!exchange.isCancelled()) {
          Thread.onSpinWait();
        }
        exchange.send(bytes("nobody reads this"));
        cancelled(words[1]).countDown();
      }
      case "told-of" -> {
        cancelled(words[1]).await();
        exchange.send(bytes("cancelled " + words[1]));
      }
      case "hang" -> new CountDownLatch(1).await();
      case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
      case "throw" -> throw new IllegalStateException(words[1]);
      case "fill-heap" -> throw new OutOfMemoryError("told to");
      case "property" -> exchange.send(bytes(System.getProperty(words[1])));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static CountDownLatch cancelled(String call) {
    return CANCELLED.computeIfAbsent(call, name -> new CountDownLatch(1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

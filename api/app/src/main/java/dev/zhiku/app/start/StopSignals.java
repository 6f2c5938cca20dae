package dev.zhiku.app.start;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for the request to stop: Ctrl+C or {@code kill}. Not a shutdown hook: those run all at the
 * same time, and onnxruntime's own gives its memory back while embeddings are still being computed,
 * which ends the process with SIGSEGV.
 */
public final class StopSignals {
  private static final List<String> SIGNALS = List.of("TERM", "INT");
  private final CountDownLatch asked = new CountDownLatch(1);

  private StopSignals() {}

  /** From now on the signals no longer end the process by themselves. */
  public static StopSignals watch() {
    StopSignals signals = new StopSignals();
    SIGNALS.forEach(name -> handle(name, signals.asked::countDown));
    return signals;
  }

  /**
   * By reflection, since the compiler's warning about sun.misc cannot be silenced where warnings
   * are errors; the module jdk.unsupported keeps this class open to all.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null; // SignalHandler.handle is void
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle the signal " + name, e);
    }
  }

  /** Returns when the process has been asked to stop. */
  public void await() throws InterruptedException {
    asked.await();
  }
}

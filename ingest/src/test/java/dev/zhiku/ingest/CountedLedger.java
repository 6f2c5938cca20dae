package dev.zhiku.ingest;

import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.SourceRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A catalogue that counts what the service does with it, so that a test that says "nothing happens"
 * can wait until it would have happened. Thread-safe.
 */
final class CountedLedger {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DocumentLedger real;
  private final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final AtomicInteger claims = new AtomicInteger();

  CountedLedger(DocumentLedger real) {
    this.real = real;
  }

  /** The same for the service. */
  DocumentLedger counting() {
    return (DocumentLedger)
        Proxy.newProxyInstance(
            DocumentLedger.class.getClassLoader(),
            new Class<?>[] {DocumentLedger.class},
            (proxy, method, arguments) -> called(method, arguments));
  }

  private Object called(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    } finally {
      count(method, arguments);
    }
  }

  /** Of the methods that are told apart by an argument each has one. */
  private void count(Method method, Object[] arguments) {
    if (method.getName().equals("write") && arguments[0] instanceof SourceRecord source) {
      looks.computeIfAbsent(source.name(), name -> new AtomicInteger()).incrementAndGet();
    }
    if (method.getName().equals("claim") && arguments[1] == Lane.SMALL) {
      claims.incrementAndGet();
    }
  }

  /**
   * Waits until a whole look at the source's folder that began later than now has been written
   * down, whatever it found. A folder that is believed and watched is looked through rarely.
   */
  void awaitLook(String source) throws Exception {
    AtomicInteger so = looks.computeIfAbsent(source, name -> new AtomicInteger());
    int before = so.get();
    RunningIngest.await("a look at " + source, PATIENCE, () -> so.get() >= before + 2);
  }

  /** How often small files have been asked for. */
  int claims() {
    return claims.get();
  }

  /** Waits until small files have been asked for twice as often as there are workers. */
  void awaitClaims() throws Exception {
    int before = claims.get();
    int twice = 2 * IngestLimits.DEFAULT.workers();
    RunningIngest.await("claims", PATIENCE, () -> claims.get() >= before + twice);
  }
}

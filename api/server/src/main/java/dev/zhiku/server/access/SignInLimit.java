package dev.zhiku.server.access;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds back who tries keys: so many wrong ones per address and minute. Right ones do not count.
 * Thread-safe; remembers a bounded number of addresses.
 */
final class SignInLimit {
  static final int ATTEMPTS = 5;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 10_000;

  private final Clock clock;
  private final Map<InetAddress, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Window> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  SignInLimit(Clock clock) {
    this.clock = clock;
  }

  /** Counts a wrong key; how long to wait if it is one too many. */
  synchronized Optional<Duration> failure(InetAddress address) {
    Instant now = clock.instant();
    Window window = windows.get(address);
    if (window == null || !now.isBefore(window.end())) {
      windows.put(address, new Window(now.plus(WINDOW), 1));
      return Optional.empty();
    }
    if (window.attempts() >= ATTEMPTS) {
      return Optional.of(Duration.between(now, window.end()));
    }
    windows.put(address, new Window(window.end(), window.attempts() + 1));
    return Optional.empty();
  }

  private record Window(Instant end, int attempts) {}
}

package dev.zhiku.server.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in on the page. Lives in memory: a restart signs everybody out. Thread-safe; the
 * oldest session gives way when there are too many.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LONGEST = Duration.ofHours(12);
  static final int MAX_SESSIONS = 1_000;
  private static final int TOKEN_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** Starts a session; its token goes into the cookie. */
  synchronized String start(Credential credential) {
    byte[] bytes = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.isOver(now));
    if (sessions.size() >= MAX_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    sessions.put(token, new Session(credential, now, now));
    return token;
  }

  /** What a session that is alive was begun with; asking keeps it alive. */
  synchronized Optional<Credential> credential(String token) {
    Session session = sessions.get(token);
    if (session == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (session.isOver(now)) {
      sessions.remove(token);
      return Optional.empty();
    }
    sessions.put(token, new Session(session.credential(), session.startedAt(), now));
    return Optional.of(session.credential());
  }

  /** Ends a session; an unknown one is left alone. */
  synchronized void end(String token) {
    sessions.remove(token);
  }

  private record Session(Credential credential, Instant startedAt, Instant usedAt) {
    boolean isOver(Instant now) {
      return now.isAfter(usedAt.plus(IDLE)) || now.isAfter(startedAt.plus(LONGEST));
    }
  }
}

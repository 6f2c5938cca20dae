package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Credential READER = new Credential.Shared(Role.READER, "b_1");
  private static final Credential ADMIN = new Credential.Shared(Role.ADMIN, "b_2");

  private final SettableClock clock = new SettableClock();
  private final Sessions sessions = new Sessions(clock);

  @Test
  void a_session_in_use_lives_on_and_an_idle_one_ends() {
    String token = sessions.start(READER);
    for (int i = 0; i < 10; i++) {
      clock.forward(Sessions.IDLE.minusSeconds(1));
      assertThat(sessions.credential(token)).contains(READER);
    }
    clock.forward(Sessions.IDLE.plusSeconds(1));

    assertThat(sessions.credential(token)).isEmpty();
  }

  @Test
  void no_session_lives_longer_than_its_longest_time() {
    String token = sessions.start(ADMIN);
    Instant end = clock.instant().plus(Sessions.LONGEST);
    while (clock.instant().plus(Duration.ofMinutes(20)).isBefore(end)) {
      clock.forward(Duration.ofMinutes(20));
      assertThat(sessions.credential(token)).contains(ADMIN);
    }
    clock.forward(Duration.ofMinutes(21));

    assertThat(sessions.credential(token)).isEmpty();
  }

  @Test
  void the_oldest_session_gives_way_when_there_are_too_many() {
    String first = sessions.start(READER);
    String second = sessions.start(READER);
    for (int i = 2; i <= Sessions.MAX_SESSIONS; i++) {
      sessions.start(READER);
    }

    assertThat(sessions.credential(first)).isEmpty();
    assertThat(sessions.credential(second)).contains(READER);
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("sessions know no zones");
    }
  }
}

package dev.zhiku.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.audit.AuditEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalLimitTest {
  private final List<AuditEvent> told = new ArrayList<>();
  private final RefusalLimit limit = new RefusalLimit(told::add, Duration.ofDays(1));

  private boolean take(String address) {
    return limit.takes(
        new AuditEvent(
            "refused", "nobody", "", "", address, "r_1", "GET /query", "401", Optional.empty()));
  }

  private int taken(String address, int requests) {
    int taken = 0;
    for (int i = 0; i < requests; i++) {
      taken += take(address) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void one_address_leaves_room_for_others_and_what_it_lost_is_told() {
    assertThat(taken("10.0.0.1", 500)).isEqualTo(RefusalLimit.MOST_OF_ONE);
    assertThat(taken("10.0.0.2", 40)).isEqualTo(RefusalLimit.MOST_OF_ONE);
    assertThat(told).isEmpty();

    limit.end();
    assertThat(told)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("refusals-left-out");
              assertThat(event.subject())
                  .isEqualTo("480 requests of 2 addresses, 470 of them of 10.0.0.1");
            });
    assertThat(taken("10.0.0.1", 1)).isEqualTo(1);
    limit.close();
    assertThat(told).hasSize(1);
  }

  @Test
  void many_addresses_together_fill_neither_the_log_nor_the_memory() {
    int taken = 0;
    for (int i = 0; i < 5_000; i++) {
      taken += taken("10.0." + i / 250 + "." + i % 250, 1);
    }
    assertThat(taken).isEqualTo(RefusalLimit.MOST_OF_ALL);

    limit.close();
    assertThat(told.getFirst().subject())
        .isEqualTo("4700 requests of 1001 addresses, 3700 of them of others");
  }
}

package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of rules and groups has to do. */
public abstract class AccessStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.123Z");

  protected static final AccessStore.State STATE =
      new AccessStore.State(
          List.of(
              new AccessRule("person:p_1", true, "knowledge", "人事/**"),
              new AccessRule("group:Sales", true, "*", "**"),
              new AccessRule("everyone", false, "knowledge", "人事/pay.xlsx")),
          Map.of("Sales", List.of("person:p_2", "key:k_1"), "Empty", List.of()));

  protected abstract AccessStore store();

  protected static Change change(String subject) {
    return new Change(NOW, "machine", "rule-added", subject, "allow " + subject);
  }

  @Test
  void there_are_neither_rules_nor_groups_at_first() {
    assertThat(store().state()).isEqualTo(new AccessStore.State(List.of(), Map.of()));
  }

  @Test
  void a_state_is_read_back_as_it_was_saved_in_the_order_of_its_rules() {
    store().save(STATE, List.of(change("a")));

    assertThat(store().state()).isEqualTo(STATE);
  }

  @Test
  void a_state_takes_the_place_of_the_one_before() {
    store().save(STATE, List.of(change("a")));
    AccessStore.State other =
        new AccessStore.State(
            STATE.rules().reversed(), Map.of("Sales", List.of("key:k_1", "person:p_2")));
    store().save(other, List.of(change("b")));
    assertThat(store().state()).isEqualTo(other);

    store().save(new AccessStore.State(List.of(), Map.of()), List.of(change("c")));
    assertThat(store().state().rules()).isEmpty();
    assertThat(store().state().groups()).isEmpty();
  }

  @Test
  void the_last_changes_come_first() {
    store().save(STATE, List.of(change("a"), change("b")));
    store().save(STATE, List.of(change("c")));

    assertThat(store().changes(2)).containsExactly(change("c"), change("b"));
  }
}

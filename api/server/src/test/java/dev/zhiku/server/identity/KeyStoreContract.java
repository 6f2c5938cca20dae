package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of keys has to do. */
public abstract class KeyStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.123Z");

  protected abstract KeyStore store();

  protected static NamedKey key(String id, Instant createdAt) {
    return new NamedKey(
        id,
        new NamedKey.Terms(
            "客服 bot",
            Role.UPLOADER,
            Optional.of(NOW.plusSeconds(60)),
            List.of("10.0.0.0/24", "::1"),
            Optional.of(7),
            true),
        createdAt,
        "machine",
        Optional.empty(),
        List.of(
            new NamedKey.Secret("old" + id, "ab", NOW, Optional.of(NOW.plusSeconds(5))),
            new NamedKey.Secret("new" + id, "cd", NOW.plusSeconds(1), Optional.empty())));
  }

  private static Change change(String subject) {
    return new Change(
        NOW, "person:" + "x".repeat(100) + " by key:k_0", "key-created", subject, "x");
  }

  @Test
  void a_key_is_read_back_as_it_was_saved_and_the_oldest_first() {
    NamedKey later = key("k_2", NOW.plusSeconds(2));
    NamedKey bare =
        new NamedKey(
            "k_1",
            new NamedKey.Terms(
                "a", Role.READER, Optional.empty(), List.of(), Optional.empty(), false),
            NOW,
            "key:k_0",
            Optional.empty(),
            List.of());
    store().save(bare, change("k_1"));
    store().save(later, change("k_2"));

    assertThat(store().keys()).containsExactly(bare, later);
  }

  @Test
  void a_key_that_is_saved_again_takes_the_place_of_the_one_before() {
    NamedKey key = key("k_1", NOW);
    store().save(key, change("k_1"));
    NamedKey revoked = key.withSecrets(List.of(key.secrets().getLast())).revoked(NOW);
    store().save(revoked, change("k_1"));

    assertThat(store().keys()).containsExactly(revoked);
  }

  @Test
  void use_adds_up_and_its_last_time_stays() {
    String user = "person:" + "王".repeat(100) + " by key:k_0123456789abcdef";
    store().addUsage(Map.of(user, new Usage(2, 30, 4, Optional.of(NOW))), Set.of());
    store().addUsage(Map.of(user, new Usage(1, 10, 1, Optional.empty())), Set.of());

    assertThat(store().usage()).isEqualTo(Map.of(user, new Usage(3, 40, 5, Optional.of(NOW))));
  }

  @Test
  void the_use_of_one_who_is_forgotten_is_gone_and_counts_anew() {
    store().addUsage(Map.of("browser:b_1", new Usage(2, 0, 0, Optional.of(NOW))), Set.of());
    store()
        .addUsage(
            Map.of("machine", new Usage(1, 0, 0, Optional.of(NOW))),
            Set.of("browser:b_1", "browser:b_never"));
    assertThat(store().usage()).containsOnlyKeys("machine");

    store().addUsage(Map.of("browser:b_1", new Usage(1, 0, 0, Optional.of(NOW))), Set.of());
    assertThat(store().usage().get("browser:b_1")).isEqualTo(new Usage(1, 0, 0, Optional.of(NOW)));
  }

  @Test
  void sightings_are_kept_in_their_order_among_the_changes() {
    Change first = new Change(NOW, "service", SeenKeys.WHAT, "k_1", "ab12 in a.txt");
    Change second = new Change(NOW, "service", SeenKeys.WHAT, "shared-key:reader", "cd34 in b.txt");
    store().save(key("k_1", NOW), change("k_1"));
    store().note(first);
    store().note(second);

    assertThat(store().sightings()).containsExactly(first, second);
    assertThat(store().changes(1)).containsExactly(second);
    assertThat(store().keys()).containsExactly(key("k_1", NOW));
  }

  @Test
  void the_last_changes_come_first() {
    IntStream.range(0, 5).forEach(i -> store().save(key("k_" + i, NOW), change("k_" + i)));

    assertThat(store().changes(3)).extracting(Change::subject).containsExactly("k_4", "k_3", "k_2");
    assertThat(store().changes(1)).containsExactly(change("k_4"));
  }
}

package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Principal.Kind;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AskerUsageTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);
  private static final Principal ANNA = new Principal(Kind.PERSON, "p_1");

  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final NamedKeys keys =
      new NamedKeys(
          store,
          new KeyHash(
              new SecretKeySpec("one".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "test"),
          NOW);

  private AskerUsage start(Integer... each) {
    return AskerUsage.start(store, keys, List.of(each).stream().findFirst(), NOW);
  }

  private static Scope scope(Principal asker) {
    return scope(asker, "10.0.0.1");
  }

  private static Scope scope(Principal asker, String client) {
    return new Scope(asker, false, client, new Filter.All());
  }

  private String key(Integer... most) {
    return keys.create(
            new NamedKey.Terms(
                "bot",
                Role.READER,
                Optional.empty(),
                List.of(),
                List.of(most).stream().findFirst(),
                true),
            "machine")
        .key()
        .id();
  }

  private static int taken(AskerUsage usage, Scope scope) {
    for (int taken = 0; ; taken++) {
      try {
        usage.asked(scope);
      } catch (Problem e) {
        assertThat(e.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
        assertThat((Long) e.values().getFirst()).isBetween(1L, 60L);
        return taken;
      }
    }
  }

  @Test
  void every_asker_has_a_limit_of_his_own() {
    String key = key();
    try (AskerUsage usage = start(3)) {
      for (Principal asker :
          List.of(
              ANNA,
              new Principal(Kind.PERSON, "p_2"),
              new Principal(Kind.PERSON, "ann", Principal.PROXY),
              new Principal(Kind.PERSON, "ann", key),
              new Principal(Kind.PERSON, "bob", key),
              new Principal(Kind.KEY, key),
              new Principal(Kind.BROWSER, "b_1"))) {
        assertThat(taken(usage, scope(asker))).as(asker.name()).isEqualTo(3);
        assertThat(usage.of(asker).questions())
            .as(asker.name())
            .isEqualTo(asker.kind() == Kind.KEY ? 9 : 3);
      }
    }
  }

  @Test
  void an_administrator_and_this_machine_have_no_limit() {
    try (AskerUsage usage = start(1)) {
      for (int i = 0; i < 9; i++) {
        usage.asked(Scope.LOCAL);
        usage.asked(new Scope(ANNA, true, "10.0.0.1", new Filter.All()));
      }
      assertThat(usage.of(Principal.MACHINE).questions()).isEqualTo(9);
    }
  }

  @Test
  void programs_with_the_same_shared_key_are_limited_by_their_addresses() {
    Principal shared = new Principal(Kind.SHARED_KEY, "reader");
    try (AskerUsage usage = start(2)) {
      assertThat(taken(usage, scope(shared, "10.0.0.1"))).isEqualTo(2);
      assertThat(taken(usage, scope(shared, "10.0.0.2"))).isEqualTo(2);
      assertThat(usage.of(shared).questions()).isEqualTo(4);
    }
  }

  @Test
  void the_limit_of_a_key_is_in_place_of_the_other_and_of_all_its_users_together() {
    String key = key(5);
    try (AskerUsage usage = start(3)) {
      assertThat(taken(usage, scope(new Principal(Kind.PERSON, "ann", key)))).isEqualTo(3);
      assertThat(taken(usage, scope(new Principal(Kind.PERSON, "bob", key)))).isEqualTo(2);
      assertThat(taken(usage, scope(new Principal(Kind.KEY, key)))).isZero();
      String other = key(5);
      assertThat(taken(usage, scope(new Principal(Kind.KEY, other)))).isEqualTo(5);
    }
  }

  @Test
  void what_a_user_of_a_key_used_is_his_and_the_keys_and_known_after_a_restart() {
    String key = key();
    Principal ann = new Principal(Kind.PERSON, "ann", key);
    try (AskerUsage usage = start()) {
      usage.asked(scope(ann));
      usage.answered(scope(ann), 70, 5);
      usage.asked(scope(ANNA));
    }
    try (AskerUsage again = start()) {
      Usage used = new Usage(1, 70, 5, Optional.of(NOW.instant()));
      assertThat(again.of(ann)).isEqualTo(used);
      assertThat(again.ofKey(key)).isEqualTo(used);
      assertThat(again.last(9))
          .extracting(AskerUsage.Used::asker)
          .containsExactlyInAnyOrder(ann.name(), ANNA.name(), "key:" + key);
      assertThat(again.last(1)).hasSize(1);
    }
  }

  @Test
  void of_too_many_askers_browsers_give_way_first_and_keys_never() {
    String key = key();
    try (AskerUsage usage = start()) {
      usage.asked(scope(new Principal(Kind.KEY, key)));
      usage.asked(scope(ANNA));
      IntStream.range(0, AskerUsage.MAX_ASKERS + 9)
          .forEach(i -> usage.asked(scope(new Principal(Kind.BROWSER, "b_" + i))));
    }
    Set<String> kept = store.usage().keySet();
    assertThat(kept).hasSize(AskerUsage.MAX_ASKERS + 1).contains(ANNA.name(), "key:" + key);
    assertThat(
            kept.stream().filter(name -> name.startsWith("browser:")).collect(Collectors.toSet()))
        .hasSize(AskerUsage.MAX_ASKERS - 1);
  }

  @Test
  void what_could_not_be_written_is_written_later() {
    InMemoryKeyStore failing =
        new InMemoryKeyStore() {
          private boolean failed;

          @Override
          public synchronized void addUsage(Map<String, Usage> used, Set<String> forgotten) {
            if (!failed) {
              failed = true;
              throw new Problem(ProblemCode.ACCESS_UNAVAILABLE);
            }
            super.addUsage(used, forgotten);
          }
        };
    AskerUsage usage = AskerUsage.start(failing, keys, Optional.empty(), NOW);
    usage.asked(scope(ANNA));
    usage.close();
    assertThat(usage.of(ANNA).questions()).isEqualTo(1);
    assertThat(failing.usage()).isEmpty();
    usage.close();

    assertThat(failing.usage())
        .containsEntry(ANNA.name(), new Usage(1, 0, 0, Optional.of(NOW.instant())));
    assertThat(usage.of(ANNA).questions()).isEqualTo(1);
  }

  @Test
  void a_question_that_is_refused_takes_nothing_from_another_limit() {
    String key = key(1);
    Principal ann = new Principal(Kind.PERSON, "ann", key);
    try (AskerUsage usage = start(2)) {
      usage.asked(scope(ann));
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> usage.asked(scope(ann))).isInstanceOf(Problem.class);
      }
      keys.revoke(key, "machine");
      assertThat(usage.of(ann).questions()).isEqualTo(1);
      assertThat(usage.ofKey(key).questions()).isEqualTo(1);
    }
  }
}

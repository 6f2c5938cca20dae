package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class NamedKeysTest {
  private static final KeyHash HASH =
      new KeyHash(new SecretKeySpec("one".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "test");

  private final SettableClock clock = new SettableClock();
  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final NamedKeys keys = new NamedKeys(store, HASH, clock);
  private final InetAddress client = address("10.0.0.7");

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private NamedKeys.Made make(Optional<Instant> end, List<String> addresses, Integer... most) {
    return keys.create(
        new NamedKey.Terms(
            "bot", Role.READER, end, addresses, List.of(most).stream().findFirst(), false),
        "machine");
  }

  private NamedKeys.Made make() {
    return make(Optional.empty(), List.of());
  }

  @Test
  void the_store_holds_nothing_that_opens_anything() {
    String secret = make().text();

    assertThat(secret).matches("kb_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}");
    assertThat(store.keys().toString()).doesNotContain(secret, secret.substring(12, 55));
    assertThat(store.changes(9).toString()).doesNotContain(secret.substring(12, 55));
    KeyHash other =
        new KeyHash(
            new SecretKeySpec("two".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "test");
    assertThat(new NamedKeys(store, other, clock).opened(secret, client)).isEmpty();
    assertThat(new NamedKeys(store, HASH, clock).opened(secret, client)).isPresent();
  }

  @Test
  void a_key_opens_until_it_expires_and_not_a_moment_longer() {
    String secret = make(Optional.of(clock.instant().plus(Duration.ofDays(1))), List.of()).text();
    clock.forward(Duration.ofDays(1).minusMillis(1));
    assertThat(keys.opened(secret, client)).isPresent();
    clock.forward(Duration.ofMillis(1));

    assertThat(keys.opened(secret, client)).isEmpty();
    assertThat(keys.isOrWas(secret)).isTrue();
  }

  @Test
  void a_key_opens_for_its_addresses_alone() {
    String secret = make(Optional.empty(), List.of("10.0.0.0/29", "192.168.1.5")).text();

    assertThat(keys.opened(secret, address("10.0.0.7"))).isPresent();
    assertThat(keys.opened(secret, address("192.168.1.5"))).isPresent();
    assertThat(keys.opened(secret, address("10.0.0.8"))).isEmpty();
    assertThat(keys.opened(secret, address("::1"))).isEmpty();
  }

  @Test
  void a_revoked_key_opens_nothing_here_or_after_a_restart() {
    NamedKeys.Made made = make();
    String secretId = made.key().secrets().getFirst().id();
    keys.revoke(made.key().id(), "machine");

    assertThat(keys.opened(made.text(), client)).isEmpty();
    assertThat(keys.still(secretId, client)).isEmpty();
    assertThat(new NamedKeys(store, HASH, clock).opened(made.text(), client)).isEmpty();
    assertThatThrownBy(() -> keys.revoke(made.key().id(), "machine"))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.KEY_NOT_FOUND));
    assertThatThrownBy(() -> keys.rotate(made.key().id(), Duration.ZERO, "machine"))
        .isInstanceOf(Problem.class);
  }

  @Test
  void both_secrets_open_while_a_rotation_overlaps_and_only_the_new_one_afterwards() {
    NamedKeys.Made first = make();
    NamedKeys.Made second = keys.rotate(first.key().id(), Duration.ofHours(1), "machine");
    assertThat(second.key().id()).isEqualTo(first.key().id());
    assertThat(keys.opened(first.text(), client)).isPresent();
    assertThat(keys.opened(second.text(), client)).isPresent();
    clock.forward(Duration.ofHours(1));

    assertThat(keys.opened(first.text(), client)).isEmpty();
    assertThat(keys.opened(second.text(), client)).isPresent();
  }

  @Test
  void a_secret_never_lives_longer_because_of_another_rotation() {
    NamedKeys.Made first = make();
    keys.rotate(first.key().id(), Duration.ofMinutes(1), "machine");
    keys.rotate(first.key().id(), Duration.ofDays(1), "machine");
    clock.forward(Duration.ofMinutes(2));

    assertThat(keys.opened(first.text(), client)).isEmpty();
  }

  @Test
  void every_change_is_kept_with_who_and_when() {
    NamedKeys.Made made = make();
    clock.forward(Duration.ofSeconds(1));
    keys.rotate(made.key().id(), Duration.ZERO, "key:k_a");
    keys.revoke(made.key().id(), "key:k_b");

    assertThat(store.changes(9))
        .extracting(Change::what, Change::who, Change::subject)
        .containsExactly(
            tuple("key-revoked", "key:k_b", made.key().id()),
            tuple("key-rotated", "key:k_a", made.key().id()),
            tuple("key-created", "machine", made.key().id()));
  }

  @Test
  void a_limit_is_kept_and_the_seconds_to_wait_are_enough() {
    NamedKeys.Made made = make(Optional.empty(), List.of(), 3);
    try (AskerUsage usage = AskerUsage.start(store, keys, Optional.empty(), clock)) {
      Scope scope =
          new Scope(
              new Principal(Principal.Kind.KEY, made.key().id()), false, "", new Filter.All());
      for (int i = 0; i < 3; i++) {
        usage.asked(scope);
      }
      long wait = refused(usage, scope);
      assertThat(wait).isBetween(1L, 20L);
      clock.forward(Duration.ofSeconds(wait));
      usage.asked(scope);
      refused(usage, scope);
      usage.answered(scope, 70, 5);

      Usage used = usage.ofKey(made.key().id());
      assertThat(used.questions()).isEqualTo(4);
      assertThat(used.promptTokens()).isEqualTo(70);
      assertThat(used.completionTokens()).isEqualTo(5);
      assertThat(used.lastAskedAt()).hasValue(clock.instant());
    }
    assertThat(store.usage().getOrDefault("key:" + made.key().id(), Usage.NONE).questions())
        .isEqualTo(4);
  }

  private static long refused(AskerUsage usage, Scope scope) {
    try {
      usage.asked(scope);
    } catch (Problem e) {
      assertThat(e.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
      return ((Number) e.values().getFirst()).longValue();
    }
    throw new AssertionError("one too many was taken");
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
      throw new UnsupportedOperationException("keys know no zones");
    }
  }
}

package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
  private static final KeyHash HASH =
      new KeyHash(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "t");

  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final NamedKeys named = new NamedKeys(store, HASH, Clock.systemUTC());
  private final AccessKey sharedKey = AccessKey.random();
  private final SharedKeys shared = new OneShared(sharedKey);
  private final SeenKeys seen = new SeenKeys(named, shared, store, Clock.systemUTC());

  private record OneShared(AccessKey key) implements SharedKeys {
    @Override
    public Optional<Role> role(String presented) {
      return Optional.of(Role.READER).filter(role -> key.opens(presented));
    }

    @Override
    public boolean hasSecret(String id) {
      return AccessKey.publicPart(key.text()).equals(id);
    }
  }

  private NamedKeys.Made make() {
    return named.create(
        new NamedKey.Terms("a", Role.READER, Optional.empty(), List.of(), Optional.empty(), false),
        "machine");
  }

  @Test
  void a_live_key_in_a_text_is_noted_with_the_place_once() {
    NamedKeys.Made made = make();
    String text = "curl -H \"Authorization: Bearer " + made.text() + "\", 密钥：" + made.text() + "。";

    assertThat(seen.look("knowledge:a.md", text))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.key()).isEqualTo(made.key().id());
              assertThat(one.where()).isEqualTo("knowledge:a.md");
            });
    assertThat(seen.look("knowledge:a.md", text)).isEmpty();
    assertThat(seen.look("knowledge:b.md", text)).hasSize(1);
    assertThat(seen.of(made.key().id()))
        .extracting(SeenKeys.Sighting::where)
        .containsExactly("knowledge:a.md", "knowledge:b.md");
    assertThat(seen.standing()).hasSize(1);
  }

  @Test
  void what_is_kept_of_it_opens_nothing() {
    NamedKeys.Made made = make();
    seen.look("knowledge:a.md", made.text());

    assertThat(store.changes(1).toString())
        .contains(SeenKeys.WHAT, made.key().id(), "knowledge:a.md")
        .doesNotContain(made.text().substring(12));
  }

  @Test
  void text_that_only_looks_like_a_key_or_was_one_is_not_noted() {
    NamedKeys.Made ended = make();
    named.revoke(ended.key().id(), "machine");
    NamedKeys.Made other = make();
    String wrong = other.text().substring(0, 62) + (other.text().endsWith("0") ? "1" : "0");

    assertThat(seen.look("a", AccessKey.random().text())).isEmpty();
    assertThat(seen.look("a", ended.text())).isEmpty();
    assertThat(seen.look("a", wrong)).isEmpty();
    assertThat(seen.look("a", "kb_" + "x".repeat(100_000))).isEmpty();
  }

  @Test
  void it_stands_no_more_when_its_secret_has_ended_and_is_known_after_a_restart() {
    NamedKeys.Made made = make();
    seen.look("a", made.text());
    seen.look("b", sharedKey.text());
    SeenKeys again = new SeenKeys(named, shared, store, Clock.systemUTC());
    assertThat(again.standing())
        .extracting(SeenKeys.Sighting::key)
        .containsExactly(made.key().id(), "shared-key:reader");

    named.rotate(made.key().id(), Duration.ZERO, "machine");
    assertThat(again.standing())
        .extracting(SeenKeys.Sighting::key)
        .containsExactly("shared-key:reader");
    assertThat(again.of(made.key().id())).hasSize(1);
    assertThat(new SeenKeys(named, SharedKeys.NONE, store, Clock.systemUTC()).standing()).isEmpty();
  }

  @Test
  void of_one_key_only_so_many_places_are_kept() {
    NamedKeys.Made made = make();
    for (int i = 0; i < 2 * SeenKeys.MOST_OF_ONE; i++) {
      seen.look("place " + i, made.text());
    }

    assertThat(seen.of(made.key().id())).hasSize(SeenKeys.MOST_OF_ONE);
  }

  @Test
  void a_masked_text_keeps_the_public_part_alone() {
    String key = AccessKey.random().text();

    assertThat(AccessKey.masked("a " + key + " b " + key))
        .isEqualTo("a " + key.substring(0, 11) + "_… b " + key.substring(0, 11) + "_…");
    assertThat(AccessKey.masked("kb_short and $1")).isEqualTo("kb_short and $1");
  }
}

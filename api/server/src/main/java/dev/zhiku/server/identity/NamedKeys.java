package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of applications. Requests are judged from memory; a change is durable before it is seen
 * there, and seen there before the call returns. Thread-safe.
 */
public final class NamedKeys {
  /** Most keys that stand at a time: a list that nobody can look through protects nobody. */
  public static final int MAX_STANDING = 1_000;

  private static final int ID_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyStore store;
  private final KeyHash hash;
  private final Clock clock;

  /** Compared with where there is no secret of that id, so that it takes as long. */
  private final String nobodys;

  private volatile Ring ring;

  /** State that requests are judged by. */
  private record Ring(Map<String, NamedKey> byId, Map<String, Known> bySecret) {
    static Ring of(Map<String, NamedKey> byId) {
      Map<String, Known> bySecret = new HashMap<>();
      for (NamedKey key : byId.values()) {
        key.secrets().forEach(secret -> bySecret.put(secret.id(), new Known(key, secret)));
      }
      return new Ring(byId, bySecret);
    }

    Ring with(NamedKey key) {
      Map<String, NamedKey> keys = new LinkedHashMap<>(byId);
      keys.put(key.id(), key);
      return of(keys);
    }
  }

  /** A key and the one of its secrets that was shown. */
  public record Known(NamedKey key, NamedKey.Secret secret) {
    /** Whether it opens anything for a machine at this address. */
    boolean opens(InetAddress client, Instant now) {
      return key.standsAt(now) && secret.standsAt(now) && key.terms().allow(client);
    }

    /** When it ends by itself, if it does. */
    public Optional<Instant> until() {
      return Stream.concat(key.terms().expiresAt().stream(), secret.endsAt().stream())
          .min(Comparator.naturalOrder());
    }
  }

  /**
   * A key and the secret that was made with it, to be shown once.
   *
   * @param text the secret itself
   */
  public record Made(NamedKey key, String text) {}

  /** Reads all keys from the store. */
  public NamedKeys(KeyStore store, KeyHash hash, Clock clock) {
    this.store = store;
    this.hash = hash;
    this.clock = clock;
    this.nobodys = hash.of("");
    Map<String, NamedKey> keys = new LinkedHashMap<>();
    store.keys().forEach(key -> keys.put(key.id(), key));
    this.ring = Ring.of(keys);
  }

  /**
   * Makes a key.
   *
   * @param who name of the principal that wants it
   * @throws Problem if it cannot be kept, or there are too many
   */
  public synchronized Made create(NamedKey.Terms terms, String who) {
    Instant now = clock.instant();
    if (ring.byId().values().stream().filter(key -> key.standsAt(now)).count() >= MAX_STANDING) {
      throw new Problem(ProblemCode.KEYS_TOO_MANY, MAX_STANDING);
    }
    AccessKey secret = AccessKey.random();
    NamedKey key =
        new NamedKey(newId(), terms, now, who, Optional.empty(), List.of(secretOf(secret, now)));
    keep(key, new Change(now, who, "key-created", key.id(), described(terms)));
    return new Made(key, secret.text());
  }

  /**
   * Makes another secret for a key; those it has open for a while longer.
   *
   * @param overlap how long they do
   * @throws Problem {@code key-not-found} if no such key stands, or it cannot be kept
   */
  public synchronized Made rotate(String id, Duration overlap, String who) {
    Instant now = clock.instant();
    NamedKey key =
        find(id)
            .filter(known -> known.standsAt(now))
            .orElseThrow(() -> new Problem(ProblemCode.KEY_NOT_FOUND));
    Instant end = now.plus(overlap);
    List<NamedKey.Secret> secrets = new ArrayList<>();
    for (NamedKey.Secret old : key.secrets()) {
      if (old.standsAt(now)) {
        secrets.add(endingAt(old, end));
      }
    }
    AccessKey secret = AccessKey.random();
    secrets.add(secretOf(secret, now));
    NamedKey rotated = key.withSecrets(secrets);
    keep(rotated, new Change(now, who, "key-rotated", id, "overlap " + overlap));
    return new Made(rotated, secret.text());
  }

  /**
   * Ends a key for good.
   *
   * @throws Problem {@code key-not-found} if there is none, or it was revoked before; or it cannot
   *     be kept
   */
  public synchronized NamedKey revoke(String id, String who) {
    Instant now = clock.instant();
    NamedKey key =
        find(id)
            .filter(known -> known.revokedAt().isEmpty())
            .orElseThrow(() -> new Problem(ProblemCode.KEY_NOT_FOUND));
    NamedKey revoked = key.revoked(now);
    keep(revoked, new Change(now, who, "key-revoked", id, described(key.terms())));
    return revoked;
  }

  /** All keys ever made, the newest first. */
  public List<NamedKey> list() {
    return ring.byId().values().stream()
        .sorted(Comparator.comparing(NamedKey::createdAt).reversed())
        .toList();
  }

  /**
   * The last changes of keys, newest first.
   *
   * @param most of them
   */
  public List<Change> changes(int most) {
    return store.changes(most);
  }

  public Optional<NamedKey> find(String id) {
    return Optional.ofNullable(ring.byId().get(id));
  }

  /** What a presented text opens for a machine at this address; empty if nothing. */
  public Optional<Known> opened(String presented, InetAddress client) {
    return known(presented).filter(found -> found.opens(client, clock.instant()));
  }

  /** Whether the text is or was a secret of a key, whatever it opens now. */
  public boolean isOrWas(String presented) {
    return known(presented).isPresent();
  }

  /** The key that a text is a secret of, if it opens something from any address. */
  public Optional<NamedKey> standing(String presented) {
    Instant now = clock.instant();
    return known(presented)
        .filter(found -> found.key().standsAt(now) && found.secret().standsAt(now))
        .map(Known::key);
  }

  private Optional<Known> known(String presented) {
    if (!AccessKey.isWellFormed(presented)) {
      return Optional.empty();
    }
    Optional<Known> found =
        Optional.ofNullable(ring.bySecret().get(AccessKey.publicPart(presented)));
    String expected = found.map(known -> known.secret().hash()).orElse(nobodys);
    return KeyHash.same(hash.of(presented), expected) ? found : Optional.empty();
  }

  /** What a secret that was shown before still opens, for who was signed in with it. */
  public Optional<Known> still(String secretId, InetAddress client) {
    return Optional.ofNullable(ring.bySecret().get(secretId))
        .filter(found -> found.opens(client, clock.instant()));
  }

  private void keep(NamedKey key, Change change) {
    store.save(key, change);
    ring = ring.with(key);
  }

  private NamedKey.Secret secretOf(AccessKey secret, Instant now) {
    return new NamedKey.Secret(
        AccessKey.publicPart(secret.text()), hash.of(secret.text()), now, Optional.empty());
  }

  private static NamedKey.Secret endingAt(NamedKey.Secret secret, Instant end) {
    Instant earlier = secret.endsAt().filter(end::isAfter).orElse(end);
    return new NamedKey.Secret(
        secret.id(), secret.hash(), secret.createdAt(), Optional.of(earlier));
  }

  private static String described(NamedKey.Terms terms) {
    return terms.role().wireName() + " " + terms.label();
  }

  private static String newId() {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return "k_" + HexFormat.of().formatHex(bytes);
  }
}

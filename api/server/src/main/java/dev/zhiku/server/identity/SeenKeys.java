package dev.zhiku.server.identity;

import dev.zhiku.answering.search.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places in which live keys were found that should stand in none, such as documents: whoever reads
 * there can use them. Of the key itself nothing is kept but its public part. Thread-safe.
 */
public final class SeenKeys {
  /** What the record of changes calls a sighting. */
  public static final String WHAT = "key-seen";

  /** Most places that are kept of one key: it has to be ended anyway. */
  public static final int MOST_OF_ONE = 20;

  private static final int LONGEST_PLACE = 300;
  private static final String WHO = "service";

  private final NamedKeys named;
  private final SharedKeys shared;
  private final KeyStore store;
  private final Clock clock;
  private final Map<String, List<Sighting>> byKey = new HashMap<>();

  /**
   * A place in which a key was found.
   *
   * @param key id of the key, or name of the shared one such as {@code shared-key:reader}
   * @param secret public part of the secret that was found
   * @param where it stands, for people
   */
  public record Sighting(String key, String secret, Instant at, String where) {
    /** Whether it is one of the keys that several share, which are replaced and not revoked. */
    public boolean isOfShared() {
      return key.startsWith("shared-key:");
    }

    private static Sighting of(Change change) {
      String[] parts = change.detail().split(" ", 2);
      return new Sighting(change.subject(), parts[0], change.at(), parts[parts.length - 1]);
    }

    private Change change() {
      return new Change(at, WHO, WHAT, key, secret + " " + where);
    }
  }

  /** Reads from the store what was seen before. */
  public SeenKeys(NamedKeys named, SharedKeys shared, KeyStore store, Clock clock) {
    this.named = named;
    this.shared = shared;
    this.store = store;
    this.clock = clock;
    store.sightings().forEach(change -> add(Sighting.of(change)));
  }

  /**
   * Notes each live key in a text.
   *
   * @param where the text stands, for people
   * @return those that were not known to stand there
   * @throws dev.zhiku.answering.problem.Problem if it cannot be kept
   */
  public List<Sighting> look(String where, String text) {
    List<Sighting> found = new ArrayList<>();
    for (String candidate : AccessKey.candidates(text)) {
      live(candidate).flatMap(key -> note(key, candidate, place(where))).ifPresent(found::add);
    }
    return found;
  }

  private static String place(String where) {
    return where.length() <= LONGEST_PLACE ? where : where.substring(0, LONGEST_PLACE) + "…";
  }

  private Optional<String> live(String candidate) {
    return named
        .standing(candidate)
        .map(NamedKey::id)
        .or(
            () ->
                shared
                    .role(candidate)
                    .map(role -> new Principal(Principal.Kind.SHARED_KEY, role.wireName()).name()));
  }

  private synchronized Optional<Sighting> note(String key, String candidate, String where) {
    Sighting sighting = new Sighting(key, AccessKey.publicPart(candidate), clock.instant(), where);
    List<Sighting> before = of(key);
    boolean known =
        before.stream()
            .anyMatch(one -> one.where().equals(where) && one.secret().equals(sighting.secret()));
    if (known || before.size() >= MOST_OF_ONE) {
      return Optional.empty();
    }
    store.note(sighting.change());
    add(sighting);
    return Optional.of(sighting);
  }

  private synchronized void add(Sighting sighting) {
    byKey.computeIfAbsent(sighting.key(), key -> new ArrayList<>()).add(sighting);
  }

  /** Where a key was seen, the first place first. */
  public synchronized List<Sighting> of(String key) {
    return List.copyOf(byKey.getOrDefault(key, List.of()));
  }

  /** The first sighting of each secret that still opens something. */
  public synchronized List<Sighting> standing() {
    Map<String, Sighting> first = new HashMap<>();
    byKey.values().stream()
        .flatMap(List::stream)
        .filter(one -> one.isOfShared() ? shared.hasSecret(one.secret()) : opens(one))
        .forEach(one -> first.putIfAbsent(one.secret(), one));
    return first.values().stream().sorted(Comparator.comparing(Sighting::at)).toList();
  }

  private boolean opens(Sighting one) {
    Instant now = clock.instant();
    return named.find(one.key()).stream()
        .filter(key -> key.standsAt(now))
        .flatMap(key -> key.secrets().stream())
        .anyMatch(secret -> secret.id().equals(one.secret()) && secret.standsAt(now));
  }
}

package dev.zhiku.server.identity;

import dev.zhiku.server.http.AddressRange;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key of one application, with a label. Its secrets change when it is rotated; its id stays, and
 * with it whatever is kept for the application.
 *
 * @param createdBy name of the principal that made it
 * @param revokedAt since when none of its secrets opens anything
 * @param secrets oldest first
 */
public record NamedKey(
    String id,
    Terms terms,
    Instant createdAt,
    String createdBy,
    Optional<Instant> revokedAt,
    List<Secret> secrets) {
  public NamedKey {
    secrets = List.copyOf(secrets);
  }

  /**
   * What a key was made for.
   *
   * @param expiresAt from when on it opens nothing
   * @param addresses and ranges of the machines that may use it; every machine if there are none
   * @param questionsPerMinute no more than so many are taken
   * @param onBehalfOf whether the application may say for which of its users it asks
   */
  public record Terms(
      String label,
      Role role,
      Optional<Instant> expiresAt,
      List<String> addresses,
      Optional<Integer> questionsPerMinute,
      boolean onBehalfOf) {
    public Terms {
      addresses = List.copyOf(addresses);
    }

    /** Whether a machine at this address may use the key. */
    boolean allow(InetAddress client) {
      return addresses.isEmpty()
          || addresses.stream()
              .flatMap(text -> AddressRange.parse(text).stream())
              .anyMatch(range -> range.contains(client));
    }
  }

  /**
   * One secret of a key, of which only the hash is kept.
   *
   * @param id the public part of it, as it stands in it
   * @param hash in hexadecimal digits
   * @param endsAt from when on it opens nothing, where another was made in its place
   */
  public record Secret(String id, String hash, Instant createdAt, Optional<Instant> endsAt) {
    boolean standsAt(Instant now) {
      return endsAt.map(now::isBefore).orElse(true);
    }
  }

  /** Whether the key, with a secret that stands, opens anything at this time. */
  public boolean standsAt(Instant now) {
    return revokedAt.isEmpty() && terms.expiresAt().map(now::isBefore).orElse(true);
  }

  NamedKey withSecrets(List<Secret> others) {
    return new NamedKey(id, terms, createdAt, createdBy, revokedAt, others);
  }

  NamedKey revoked(Instant at) {
    return new NamedKey(id, terms, createdAt, createdBy, Optional.of(at), secrets);
  }
}

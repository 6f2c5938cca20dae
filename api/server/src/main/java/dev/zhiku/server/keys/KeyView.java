package dev.zhiku.server.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.identity.Usage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as administrators and auditors see it, without its secret.
 *
 * @param id by which it is rotated and revoked
 * @param label name of what uses it
 * @param role reader, uploader, admin or auditor
 * @param state active, expired or revoked
 * @param createdBy the principal that made it
 * @param expiresAt from when on it opens nothing; null if never
 * @param revokedAt since when it opens nothing; null if it was not revoked
 * @param addresses of machines that may use it; empty for every machine
 * @param questionsPerMinute no more are taken; null without a limit
 * @param onBehalfOf whether it may say for which of its users it asks
 * @param secrets of it, oldest first: two while a rotation overlaps
 * @param usage since it was made
 * @param seenIn places where one of its secrets was found that should stand nowhere
 */
@Schema(name = "Key")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record KeyView(
    String id,
    String label,
    String role,
    String state,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    List<String> addresses,
    @Nullable Integer questionsPerMinute,
    boolean onBehalfOf,
    List<SecretView> secrets,
    UsageView usage,
    List<SeenView> seenIn) {

  /**
   * A place where a key was found.
   *
   * @param where source and path of the document
   * @param secret public part of the secret that was found
   */
  @Schema(name = "SeenKey")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record SeenView(String where, String secret, Instant at) {}

  /**
   * One secret of a key.
   *
   * @param id the part of it that may be shown, after {@code kb_}
   * @param endsAt from when on it opens nothing; null if no other was made in its place
   */
  @Schema(name = "KeySecret")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record SecretView(String id, Instant createdAt, @Nullable Instant endsAt) {}

  /**
   * What a key was used for.
   *
   * @param lastAskedAt when its last question came; null if none did
   */
  @Schema(name = "KeyUsage")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record UsageView(
      long questions, long promptTokens, long completionTokens, @Nullable Instant lastAskedAt) {}

  static KeyView of(NamedKey key, Usage usage, List<SeenKeys.Sighting> seen, Instant now) {
    return new KeyView(
        key.id(),
        key.terms().label(),
        key.terms().role().wireName(),
        state(key, now),
        key.createdAt(),
        key.createdBy(),
        key.terms().expiresAt().orElse(null),
        key.revokedAt().orElse(null),
        key.terms().addresses(),
        key.terms().questionsPerMinute().orElse(null),
        key.terms().onBehalfOf(),
        key.secrets().stream()
            .map(s -> new SecretView(s.id(), s.createdAt(), s.endsAt().orElse(null)))
            .toList(),
        new UsageView(
            usage.questions(),
            usage.promptTokens(),
            usage.completionTokens(),
            usage.lastAskedAt().orElse(null)),
        seen.stream().map(one -> new SeenView(one.where(), one.secret(), one.at())).toList());
  }

  private static String state(NamedKey key, Instant now) {
    if (key.revokedAt().isPresent()) {
      return "revoked";
    }
    return key.standsAt(now) ? "active" : "expired";
  }
}

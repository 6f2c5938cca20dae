package dev.zhiku.server.keys;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.AddressRange;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that a key is made from, and its reading. */
final class KeyTerms {
  private static final int MAX_LABEL = 100;
  private static final int MAX_ADDRESSES = 20;
  private static final int MOST_QUESTIONS = 10_000;

  private KeyTerms() {}

  /**
   * What a key is made for.
   *
   * @param label name of what uses it, 1 to 100 characters
   * @param role reader (the default), uploader, admin or auditor
   * @param expiresAt from when on it opens nothing; never if absent
   * @param addresses of machines that may use it, and ranges such as 10.0.0.0/24; every machine if
   *     absent
   * @param questionsPerMinute no more are taken, 1 to 10,000; no limit if absent
   * @param onBehalfOf whether it may say for which of its users it asks; false if absent
   */
  @Schema(name = "NewKey")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Body(
      String label,
      @Nullable String role,
      @Nullable Instant expiresAt,
      @Nullable List<String> addresses,
      @Nullable Integer questionsPerMinute,
      @Nullable Boolean onBehalfOf) {}

  /**
   * @throws Problem if a field says what it must not
   */
  static NamedKey.Terms read(JsonFields body, Instant now) {
    return new NamedKey.Terms(
        label(body),
        role(body),
        expiry(body, now),
        addresses(body),
        body.integer("questions_per_minute", 1, MOST_QUESTIONS),
        body.bool("on_behalf_of").orElse(false));
  }

  private static String label(JsonFields body) {
    return body.text("label", MAX_LABEL)
        .map(String::strip)
        .filter(label -> !label.isEmpty() && label.chars().noneMatch(Character::isISOControl))
        .orElseThrow(() -> body.refusal("label", ServerText.of("rule.label", MAX_LABEL)));
  }

  private static Role role(JsonFields body) {
    return body.text("role")
        .map(
            name ->
                Role.named(name)
                    .orElseThrow(() -> body.refusal("role", ServerText.of("rule.role"))))
        .orElse(Role.READER);
  }

  private static Optional<Instant> expiry(JsonFields body, Instant now) {
    return body.text("expires_at")
        .map(
            text -> {
              Instant end = time(body, text);
              if (!end.isAfter(now)) {
                throw body.refusal("expires_at", ServerText.of("rule.future"));
              }
              return end;
            });
  }

  private static Instant time(JsonFields body, String text) {
    try {
      return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw body.refusal("expires_at", ServerText.of("rule.time"));
    }
  }

  private static List<String> addresses(JsonFields body) {
    Phrase rule = ServerText.of("rule.addresses", MAX_ADDRESSES);
    return body.items("addresses", MAX_ADDRESSES, () -> rule).orElse(List.of()).stream()
        .map(
            value -> {
              String text = JsonFields.text(value, "addresses").strip();
              if (AddressRange.parse(text).isEmpty()) {
                throw JsonFields.refusal("addresses", rule, value);
              }
              return text;
            })
        .toList();
  }
}

package dev.zhiku.app.command;

import dev.zhiku.server.http.AddressRange;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a key of one application is made for, as it is typed. */
final class NamedKeyOptions {
  private static final int MAX_LABEL = 100;

  @Option(names = "--label", description = "Makes a key for one application, which is named so")
  private @Nullable String label;

  @Option(names = "--admin", description = "The same as --role admin")
  private boolean admin;

  @Option(
      names = "--role",
      description = "What it may do: reader (the default), uploader, admin or auditor")
  private @Nullable Role role;

  @Option(names = "--days", description = "How long it opens the service; without end if left out")
  private @Nullable Integer days;

  @Option(
      names = "--address",
      description = "An address or range (10.0.0.0/24) that may use it; may be given again")
  private final List<String> addresses = new ArrayList<>();

  @Option(names = "--questions-per-minute", description = "No more are taken from it")
  private @Nullable Integer questionsPerMinute;

  @Option(
      names = "--on-behalf-of",
      description =
          "It may say for which of its users it asks, in a header such as X-Forwarded-User")
  private boolean onBehalfOf;

  /** Whether any of them was typed: then a key of one application is meant. */
  boolean isAny() {
    return label != null
        || admin
        || role != null
        || days != null
        || questionsPerMinute != null
        || onBehalfOf
        || !addresses.isEmpty();
  }

  /**
   * @throws ParameterException if a value cannot be meant
   */
  NamedKey.Terms terms(CommandLine command) {
    Role chosen = admin ? Role.ADMIN : Optional.ofNullable(role).orElse(Role.READER);
    if (admin && role != null && role != Role.ADMIN) {
      throw new ParameterException(command, "--admin and --role " + role.wireName() + " differ.");
    }
    String name = Optional.ofNullable(label).orElse(chosen.wireName()).strip();
    if (name.isEmpty() || name.length() > MAX_LABEL) {
      throw new ParameterException(command, "--label takes 1 to " + MAX_LABEL + " characters.");
    }
    if (days != null && (days < 1 || days > 36_500)) {
      throw new ParameterException(command, "--days takes 1 to 36500.");
    }
    if (questionsPerMinute != null && (questionsPerMinute < 1 || questionsPerMinute > 10_000)) {
      throw new ParameterException(command, "--questions-per-minute takes 1 to 10000.");
    }
    for (String address : addresses) {
      if (AddressRange.parse(address).isEmpty()) {
        throw new ParameterException(command, address + " is no address and no range of them.");
      }
    }
    Optional<Instant> end =
        Optional.ofNullable(days)
            .map(d -> Instant.now().plus(Duration.ofDays(d)).truncatedTo(ChronoUnit.MILLIS));
    return new NamedKey.Terms(
        name, chosen, end, addresses, Optional.ofNullable(questionsPerMinute), onBehalfOf);
  }

  /** The same for {@code POST /keys}. */
  static Map<String, Object> body(NamedKey.Terms terms) {
    Map<String, Object> body = new HashMap<>();
    body.put("label", terms.label());
    body.put("role", terms.role().wireName());
    body.put("addresses", terms.addresses());
    body.put("on_behalf_of", terms.onBehalfOf());
    terms.expiresAt().ifPresent(end -> body.put("expires_at", end.toString()));
    terms.questionsPerMinute().ifPresent(most -> body.put("questions_per_minute", most));
    return body;
  }
}

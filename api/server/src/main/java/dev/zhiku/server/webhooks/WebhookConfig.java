package dev.zhiku.server.webhooks;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which program is told what happens; {@code zhiku.webhooks}.
 *
 * @param url address of this machine or a private network that takes JSON by POST
 * @param secretFile holds the secret that deliveries are signed with on its first line
 * @param events names of those that are told; none means all
 */
public record WebhookConfig(Optional<URI> url, Optional<Path> secretFile, List<String> events) {
  /** Nobody is told. */
  public static final WebhookConfig NONE =
      new WebhookConfig(Optional.empty(), Optional.empty(), List.of());

  public WebhookConfig {
    events = List.copyOf(events);
    if (url.filter(address -> address.getRawUserInfo() != null).isPresent()) {
      throw new IllegalArgumentException("zhiku.webhooks.url must hold no name and password");
    }
    if (url.isPresent() && secretFile.isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.webhooks.url needs zhiku.webhooks.secret-file: who gets a delivery knows by its"
              + " signature whom it is from");
    }
    for (String event : events) {
      if (ServiceEvent.Type.named(event).isEmpty()) {
        throw new IllegalArgumentException(
            "zhiku.webhooks.events must list names of "
                + Stream.of(ServiceEvent.Type.values())
                    .map(ServiceEvent.Type::wireName)
                    .collect(Collectors.joining(", "))
                + ", got "
                + event);
      }
    }
  }

  /** Those that are told. */
  Set<ServiceEvent.Type> wanted() {
    return events.isEmpty()
        ? EnumSet.allOf(ServiceEvent.Type.class)
        : events.stream()
            .map(ServiceEvent.Type::named)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ServiceEvent.Type.class)));
  }
}

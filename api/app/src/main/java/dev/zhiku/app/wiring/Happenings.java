package dev.zhiku.app.wiring;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.server.webhooks.ServiceEvents;
import dev.zhiku.server.webhooks.StateWatch;
import dev.zhiku.server.webhooks.WebhookConfig;
import dev.zhiku.server.webhooks.WebhookDelivery;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/** The wiring of events of the service to the program that is configured, if one is. */
final class Happenings {
  private Happenings() {}

  /**
   * Begins to deliver.
   *
   * @throws CannotStart if there is no usable secret
   */
  static ServiceEvents open(OpenParts parts, WebhookConfig config) {
    if (config.url().isEmpty()) {
      return ServiceEvents.NONE;
    }
    try {
      return parts.keep("The webhook", WebhookDelivery.start(config, Clock.systemUTC()));
    } catch (IllegalArgumentException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  /** Begins to look at what is a state and no event. */
  static void watch(OpenParts parts, Stores stores, ServiceEvents events) {
    if (events != ServiceEvents.NONE) {
      parts.keep(
          "The watch for the webhook",
          StateWatch.start(
              () -> held(stores), () -> stores.health().disk().state().isReadOnly(), events));
    }
  }

  private static Set<String> held(Stores stores) {
    try {
      return stores.ledger().sources().stream()
          .filter(SourceState::held)
          .map(SourceState::name)
          .collect(Collectors.toSet());
    } catch (CatalogUnavailableException e) {
      return Set.of();
    }
  }
}

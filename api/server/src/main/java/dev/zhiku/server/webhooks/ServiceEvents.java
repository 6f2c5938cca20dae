package dev.zhiku.server.webhooks;

/** Whoever is told what happens in the service. Thread-safe. */
@FunctionalInterface
public interface ServiceEvents {
  /** Is told nothing. */
  ServiceEvents NONE = event -> {};

  /** Takes it at once, whatever becomes of it. */
  void tell(ServiceEvent event);
}

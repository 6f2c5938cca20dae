package dev.zhiku.server.status;

/** Tells health checks whether to send requests here. Begins as starting. Thread-safe. */
public final class Lifecycle {
  private ServiceState state = ServiceState.STARTING;

  public synchronized ServiceState state() {
    return state;
  }

  /** Everything is open; without effect once stopping. */
  public synchronized void serving() {
    if (state == ServiceState.STARTING) {
      state = ServiceState.SERVING;
    }
  }

  /** No new requests, please; for good. */
  public synchronized void stopping() {
    state = ServiceState.STOPPING;
  }
}

package dev.zhiku.server.status;

/** Where the service is in its life. */
public enum ServiceState {
  STARTING,
  SERVING,
  STOPPING
}

package dev.zhiku.api.status;

/** Where the service is in its life. */
public enum ServiceState {
  STARTING,
  SERVING,
  STOPPING
}

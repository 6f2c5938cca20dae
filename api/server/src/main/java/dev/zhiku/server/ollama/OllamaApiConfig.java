package dev.zhiku.server.ollama;

/**
 * {@code zhiku.ollama-api}: whether programs for Ollama find the service.
 *
 * @param port of its own, 1 to 65,535; 0 for none
 */
public record OllamaApiConfig(int port) {
  /** None. */
  public static final OllamaApiConfig OFF = new OllamaApiConfig(0);

  /** Name under which the beans of the server find the port; absent where there is none. */
  public static final String PROPERTY = "zhiku.ollama-api.port";

  public OllamaApiConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(PROPERTY + " must be 0..65535, got " + port);
    }
  }

  /** Whether there is such a port. */
  public boolean isOn() {
    return port > 0;
  }
}

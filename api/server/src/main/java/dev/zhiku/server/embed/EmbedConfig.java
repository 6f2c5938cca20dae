package dev.zhiku.server.embed;

import dev.zhiku.server.http.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which pages may show a frame to ask in, and as whom it asks; {@code zhiku.embed}.
 *
 * @param origins of those pages, such as {@code https://portal.intranet}; none: off
 * @param keyFile its first line is a reader's key, whose rules hold in the frame
 */
public record EmbedConfig(List<String> origins, Optional<Path> keyFile) {
  /** No page may. */
  public static final EmbedConfig OFF = new EmbedConfig(List.of(), Optional.empty());

  public EmbedConfig {
    origins = List.copyOf(origins);
    origins.forEach(origin -> ServerConfig.requireOrigin("zhiku.embed.origins", origin));
    if (origins.isEmpty() == keyFile.isPresent()) {
      throw new IllegalArgumentException("zhiku.embed needs both origins and key-file, or neither");
    }
  }

  /** Whether any page may. */
  public boolean isOn() {
    return !origins.isEmpty();
  }
}

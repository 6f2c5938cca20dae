package dev.zhiku.app.command;

import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.ZhikuConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which configuration a command works with. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration in YAML (else ./zhiku.yml, if it is there)")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR", description = "Where the service keeps its data")
  private @Nullable String data;

  @Option(names = "--folder", paramLabel = "DIR", description = "The folder to answer from")
  private @Nullable String folder;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Port; 0 takes any free one")
  private @Nullable String port;

  /**
   * @throws dev.zhiku.app.config.BadConfiguration naming every problem
   */
  ZhikuConfig load() {
    return load(Map.of());
  }

  /**
   * @param further keys that a command sets by itself
   */
  ZhikuConfig load(Map<String, String> further) {
    return read(further).config();
  }

  /**
   * @param further keys that a command sets by itself
   */
  LoadedConfig read(Map<String, String> further) {
    Map<String, String> options = new TreeMap<>(further);
    put(options, "data", data);
    put(options, "folder", folder);
    put(options, "server.host", host);
    put(options, "server.port", port);
    return new ConfigLoader(Path.of(""), System.getenv())
        .read(Optional.ofNullable(config), options);
  }

  private static void put(Map<String, String> options, String key, @Nullable String value) {
    if (value != null) {
      options.put(key, value);
    }
  }
}

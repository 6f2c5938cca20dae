package dev.zhiku.generators.llamaserver;

import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.llamacpp.CpuCores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How {@code llama-server} is called, and with which environment. Pure but for a look at a file.
 */
final class ServerCommand {
  /** Has Linux end the server with the service, however that ends. */
  private static final Path WITH_PARENT = Path.of("/usr/bin/setpriv");

  /** More layers than any model has. */
  private static final String ALL_LAYERS = "999";

  /**
   * Variables by which cards, libraries and drivers are found; none that gives llama.cpp options.
   */
  private static final Pattern PASSED =
      Pattern.compile(
          "PATH|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|SystemRoot|XDG_RUNTIME_DIR|TZ|LANG|LC_.*"
              + "|(CUDA|NVIDIA|HIP|HSA|ROCR|ROCM|VK|ONEAPI|SYCL|ZE|GGML)_.*");

  private ServerCommand() {}

  /**
   * The program with its arguments.
   *
   * @param name by which the model is asked for
   * @param contextTokens of one answer
   * @param key a file with what clients have to show
   */
  static List<String> of(
      GeneratorConfig.Native config,
      Path program,
      Path model,
      String name,
      int contextTokens,
      int port,
      Path key) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(WITH_PARENT)) {
      command.addAll(List.of(WITH_PARENT.toString(), "--pdeathsig", "KILL", "--"));
    }
    String threads = config.threads();
    command.addAll(
        List.of(
            program.toAbsolutePath().toString(),
            "--model",
            model.toAbsolutePath().toString(),
            "--alias",
            name,
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--api-key-file",
            key.toString(),
            "--ctx-size",
            Integer.toString(contextTokens * config.slots()),
            "--parallel",
            Integer.toString(config.slots()),
            "--threads",
            threads.equals("auto") ? Integer.toString(CpuCores.forModel()) : threads,
            "--n-gpu-layers",
            config.gpuLayers().equals("all") ? ALL_LAYERS : config.gpuLayers(),
            "--jinja"));
    return List.copyOf(command);
  }

  /** What of an environment the server gets. */
  static Map<String, String> environment(Map<String, String> own) {
    return own.entrySet().stream()
        .filter(entry -> PASSED.matcher(entry.getKey()).matches())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

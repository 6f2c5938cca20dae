package dev.zhiku.generators.llamacpp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How many threads compute fastest: one for each physical core, for two on one core wait for each
 * other, and no more than this process may use, which in a container may be fewer.
 */
public final class CpuCores {
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  private CpuCores() {}

  /** Threads for a model; 1 or more. */
  public static int forModel() {
    return forModel(CPUS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param cpus where Linux lists its processors
   * @param available processors that this process may use
   */
  static int forModel(Path cpus, int available) {
    int physical = physical(cpus);
    return physical == 0 ? available : Math.min(physical, available);
  }

  /** 0 if the system does not say. */
  private static int physical(Path cpus) {
    Set<String> cores = new HashSet<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
      for (Path cpu : each) {
        cores.add(Files.readString(cpu.resolve("topology/thread_siblings_list")).strip());
      }
      return cores.size();
    } catch (IOException e) {
      return 0;
    }
  }
}

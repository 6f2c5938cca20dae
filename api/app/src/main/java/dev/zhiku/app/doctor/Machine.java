package dev.zhiku.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.zhiku.ingest.child.ChildWall;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.server.http.ConnectionLimit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a machine has.
 *
 * @param cores that this process may use
 * @param load programs that want to compute, the mean of the last minute; below 0 where the system
 *     does not say
 * @param memoryBytes of the machine, or of the container
 * @param diskFreeBytes where the data folder is, or will be
 * @param gpus as NVIDIA's tool names them; others are not seen
 * @param descriptors that the system lets a process open
 * @param tesseract the program, if text recognition is there
 * @param wall whether the system shuts off the processes that read files
 */
public record Machine(
    int cores,
    double load,
    long memoryBytes,
    long diskFreeBytes,
    List<Gpu> gpus,
    long descriptors,
    Optional<Path> tesseract,
    ChildWall.State wall) {
  public Machine {
    gpus = List.copyOf(gpus);
  }

  /**
   * A graphics card.
   *
   * @param memoryBytes of its own
   */
  public record Gpu(String name, long memoryBytes) {}

  /** Looks at this machine. */
  public static Machine look(Path data) throws InterruptedException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        free(data),
        NvidiaCards.find(),
        ConnectionLimit.descriptors(),
        Tesseract.find().map(Tesseract::program),
        ChildWall.state());
  }

  private static long free(Path data) {
    Path folder = data.toAbsolutePath();
    Path parent = folder.getParent();
    while (!Files.exists(folder) && parent != null) {
      folder = parent;
      parent = folder.getParent();
    }
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}

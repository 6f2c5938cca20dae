package dev.zhiku.samples;

import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service the examples are run against. Files of the corpus lie in its own folder, for the
 * sample source goes away with the first upload.
 */
final class RunningService implements AutoCloseable {
  private static final Path CORPUS = Path.of("corpus");

  private final ServiceProcess service;
  private final Path ownFolder;

  private RunningService(ServiceProcess service, Path ownFolder) {
    this.service = service;
    this.ownFolder = ownFolder;
  }

  /**
   * Starts on a new home and returns when everything is indexed.
   *
   * @param home an empty folder
   * @param folders those of the corpus that become the service's own files
   */
  static RunningService start(Path home, List<String> folders) throws IOException {
    Path own = home.resolve("knowledge");
    for (String folder : folders) {
      copy(CORPUS.resolve(folder), own.resolve(folder));
    }
    ServiceProcess service = ServiceProcess.start(home);
    try {
      service.awaitRest(ServiceProcess.PATIENCE);
    } catch (Throwable e) {
      service.close();
      throw e;
    }
    return new RunningService(service, own);
  }

  /** Address to hand to an example, without a slash at the end. */
  String baseUrl() {
    return service.url();
  }

  /** Where uploads go. */
  Path ownFolder() {
    return ownFolder;
  }

  @Override
  public void close() {
    service.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}

package dev.zhiku.app.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The class path of services that tests start, and an archive of its classes as they are once
 * loaded, which the launcher has Java keep too: a start takes two thirds of the processor time with
 * it. Made once for a build, where the class path is of jars alone. Thread-safe.
 */
final class LoadedClasses {
  private static final class Made {
    private static final Optional<Path> ARCHIVE = make();
  }

  private LoadedClasses() {}

  /** The jars of the service, without the folders of the tests where there are jars. */
  static String classPath() {
    List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    List<String> jars = all.stream().filter(entry -> !entry.endsWith("test-classes")).toList();
    return String.join(File.pathSeparator, areFiles(jars) ? jars : all);
  }

  private static boolean areFiles(List<String> entries) {
    return entries.stream().map(Path::of).noneMatch(Files::isDirectory);
  }

  /** What Java is told for it; nothing where there is no archive. */
  static List<String> options() {
    return Made.ARCHIVE
        .map(archive -> List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"))
        .orElse(List.of());
  }

  private static Optional<Path> make() {
    List<String> entries = List.of(classPath().split(File.pathSeparator));
    if (!areFiles(entries)) {
      return Optional.empty();
    }
    Path archive = ServiceProcess.repository().resolve("api/app/target/service.jsa");
    try {
      if (!isNewer(archive, entries)) {
        Path made = archive.resolveSibling("service.jsa.tmp");
        Path home = Files.createTempDirectory("loaded-classes");
        Files.createDirectories(home.resolve("knowledge"));
        List<String> dumping = List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds*=off");
        try (ServiceProcess service = ServiceProcess.startWith(home, dumping)) {
          service.ask("How much leave is there?", "answer");
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewer(Path archive, List<String> entries) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    for (String entry : entries) {
      Path jar = Path.of(entry);
      if (Files.exists(jar)
          && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0) {
        return false;
      }
    }
    return true;
  }
}

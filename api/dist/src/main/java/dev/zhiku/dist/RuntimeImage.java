package dev.zhiku.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.spi.ToolProvider;

/** The Java runtime inside an archive: linked from the building JDK, or one that was given. */
final class RuntimeImage {
  private static final int LEAST = 21;

  /**
   * What the libraries refer to (by jdeps), and what they find by name only: Big5 and the other
   * charsets of Asia, the curves of TLS, names of days in other languages, files inside archives.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.prefs",
          "java.rmi",
          "java.scripting",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.sql.rowset",
          "java.transaction.xa",
          "java.xml",
          "java.xml.crypto",
          "jdk.charsets",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.incubator.vector",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.unsupported",
          "jdk.xml.dom",
          "jdk.zipfs");

  /**
   * What a given runtime is looked at for: often left out, and without them no start or no Big5.
   */
  private static final List<String> NEEDED =
      List.of(
          "java.desktop",
          "java.net.http",
          "java.sql",
          "jdk.charsets",
          "jdk.incubator.vector",
          "jdk.unsupported");

  private RuntimeImage() {}

  /** The runtime's folder; empty where it can neither be linked nor was given. */
  static Optional<Path> of(Platform platform, Optional<Path> given, Path work) throws IOException {
    if (given.isPresent()) {
      return Optional.of(checked(platform, given.get()));
    }
    return platform.isOwn()
        ? Optional.of(linked(platform, work.resolve(platform.label())))
        : Optional.empty();
  }

  private static Path linked(Platform platform, Path target) throws IOException {
    Folders.delete(target);
    Files.createDirectories(target.getParent());
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(
                () -> new IllegalStateException("The building Java has no jlink: take a JDK."));
    int code =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            String.join(",", MODULES),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            target.toString());
    if (code != 0) {
      throw new IllegalStateException(
          "jlink ended with "
              + code
              + ". A JDK without jmods can link itself from version 24 on; otherwise name an"
              + " unpacked runtime, -D"
              + platform.property()
              + "=DIR.");
    }
    shareClasses(target);
    return target;
  }

  /** Writes the archive of the runtime's own classes, which halves the start of every process. */
  private static void shareClasses(Path runtime) throws IOException {
    String java = runtime.resolve("bin/java").toString();
    try {
      int code =
          new ProcessBuilder(java, "-Xshare:dump", "-Xlog:disable").inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(java + " -Xshare:dump ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path checked(Platform platform, Path runtime) throws IOException {
    Path release = runtime.resolve("release");
    if (!Files.isReadable(release)) {
      throw new IllegalArgumentException(platform.property() + ": no Java runtime in " + runtime);
    }
    Properties says = new Properties();
    try (var in = Files.newBufferedReader(release)) {
      says.load(in);
    }
    String version = value(says, "JAVA_VERSION");
    boolean fits =
        value(says, "OS_NAME").equals(platform.system())
            && value(says, "OS_ARCH").equals(platform.architecture())
            && Integer.parseInt(version.split("[.+-]", 2)[0]) >= LEAST
            && List.of(value(says, "MODULES").split(" ", -1)).containsAll(NEEDED);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: %s is a Java %s for %s %s; needed is %d or newer for %s %s with the modules %s"
              .formatted(
                  platform.property(),
                  runtime,
                  version,
                  value(says, "OS_NAME"),
                  value(says, "OS_ARCH"),
                  LEAST,
                  platform.system(),
                  platform.architecture(),
                  String.join(", ", NEEDED)));
    }
    return runtime;
  }

  private static String value(Properties properties, String key) {
    return properties.getProperty(key, "0").replace("\"", "");
  }
}

package dev.zhiku.dist;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The build step that writes archives, package and checksums: {@code Distribution CHECKOUT TARGET},
 * with the version, the time of all files and the given Java runtimes as system properties.
 */
public final class Distribution {
  private final Path checkout;
  private final Path target;
  private final Properties properties;
  private final PrintStream say;

  Distribution(Path checkout, Path target, Properties properties, PrintStream say) {
    this.checkout = checkout;
    this.target = target;
    this.properties = properties;
    this.say = say;
  }

  public static void main(String[] arguments) throws IOException {
    new Distribution(
            Path.of(arguments[0]), Path.of(arguments[1]), System.getProperties(), System.out)
        .build();
  }

  /** The files written, the checksums last. */
  List<Path> build() throws IOException {
    Program program = Program.of(checkout);
    if (!program.isBuilt()) {
      throw new IllegalStateException("Nothing is built in " + program.jar().getParent());
    }
    Folders.delete(target);
    Files.createDirectories(target);
    List<Path> written = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      Optional<Path> given =
          Optional.ofNullable(properties.getProperty(platform.property()))
              .filter(value -> !value.isBlank())
              .map(Path::of);
      Optional<Path> runtime =
          RuntimeImage.of(platform, given, target.resolveSibling("dist-runtime"));
      if (runtime.isPresent()) {
        written.addAll(archives(platform, program.layout(platform, runtime.get())));
      } else {
        say.println(
            platform.label()
                + ": not built, there is no Java runtime for it. Unpack one of 21 or newer and name"
                + " its folder: -D"
                + platform.property()
                + "=DIR");
      }
    }
    written.add(checksums(written));
    return written;
  }

  private List<Path> archives(Platform platform, Layout program) throws IOException {
    String name = "zhiku-" + version();
    Layout folder = new Layout();
    folder.below(name, program);
    Path archive =
        target.resolve(name + "-" + platform.label() + (platform.isWindows() ? ".zip" : ".tar.gz"));
    if (platform.isWindows()) {
      Archives.zip(archive, folder, time());
      return List.of(said(archive));
    }
    Archives.tarGz(archive, folder, time());
    String architecture = platform == Platform.LINUX_X64 ? "amd64" : "arm64";
    Path debian = target.resolve("zhiku_" + version() + "_" + architecture + ".deb");
    new DebianPackage(checkout.resolve("api/dist/src/main/deb"), version(), architecture)
        .write(debian, program, time());
    return List.of(said(archive), said(debian));
  }

  private Path said(Path file) throws IOException {
    say.println(
        String.format(Locale.ROOT, "%s: %.1f MB", file.getFileName(), Files.size(file) / 1e6));
    return file;
  }

  private Path checksums(List<Path> files) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    return Files.writeString(target.resolve("SHA256SUMS"), lines);
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      try (var in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String version() {
    return properties.getProperty("dist.version", "0");
  }

  private Instant time() {
    return Instant.parse(properties.getProperty("dist.time", "2000-01-01T00:00:00Z"));
  }
}

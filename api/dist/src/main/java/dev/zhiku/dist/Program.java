package dev.zhiku.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is unpacked on a machine: launcher, libraries, models, runtime, samples, licences. */
record Program(Path checkout, Path jar, Path libraries) {
  private static final List<String> TEXTS =
      List.of("README.md", "README.zh.md", "CHANGELOG.md", "LICENSE");

  static Program of(Path checkout) {
    Path target = checkout.resolve("api/app/target");
    return new Program(checkout, target.resolve("zhiku.jar"), target.resolve("lib"));
  }

  /** The files for one platform with the given Java runtime. */
  Layout layout(Platform platform, Path runtime) throws IOException {
    Layout layout = new Layout();
    launchers(layout, platform);
    for (String text : TEXTS) {
      layout.file(text, Layout.FILE, checkout.resolve(text));
    }
    layout.file("zhiku.jar", Layout.FILE, jar);
    for (Path library : jars()) {
      layout.put(
          "lib/" + library.getFileName(), Layout.FILE, () -> NativeParts.of(library, platform));
      licences(layout, library);
    }
    layout.folder("runtime", runtime);
    layout.folder("samples/corpus", checkout.resolve("samples/corpus"));
    layout.folder("samples/examples", checkout.resolve("samples/examples"));
    layout.folder("samples/reach", checkout.resolve("samples/reach"));
    return layout;
  }

  private void launchers(Layout layout, Platform platform) {
    if (platform.isWindows()) {
      layout.windowsText("zhiku.cmd", checkout.resolve("zhiku.cmd"));
      layout.windowsText(
          "start-zhiku.cmd", checkout.resolve("api/dist/src/main/scripts/start-zhiku.cmd"));
    } else {
      layout.file("zhiku", Layout.PROGRAM, checkout.resolve("zhiku"));
    }
  }

  private List<Path> jars() throws IOException {
    return Folders.files(libraries).stream()
        .filter(file -> file.toString().endsWith(".jar"))
        .toList();
  }

  /** The licences and notices that a library carries, in a folder of its name. */
  private static void licences(Layout layout, Path library) throws IOException {
    String folder = "licences/" + String.valueOf(library.getFileName()).replaceFirst("\\.jar$", "");
    try (ZipFile zip = new ZipFile(library.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        String name = entry.getName();
        if (isLicence(name)) {
          String last = name.substring(name.lastIndexOf('/') + 1);
          layout.put(folder + "/" + last, Layout.FILE, () -> read(library, name));
        }
      }
    }
  }

  private static boolean isLicence(String entry) {
    String name = entry.substring(entry.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    boolean place = entry.startsWith("META-INF/") || !entry.contains("/");
    return place
        && !name.endsWith(".class")
        && name.matches("(.*[-_])?(licen[cs]e|notice|copying|copyright)s?([-_.].*)?");
  }

  private static byte[] read(Path jar, String entry) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        var in = zip.getInputStream(zip.getEntry(entry))) {
      return in.readAllBytes();
    }
  }

  boolean isBuilt() {
    return Files.isRegularFile(jar) && Files.isDirectory(libraries);
  }
}

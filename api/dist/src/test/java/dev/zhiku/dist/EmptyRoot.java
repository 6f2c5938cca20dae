package dev.zhiku.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root folder with a shell, what the launcher calls, the C and C++ libraries, and nothing else.
 */
record EmptyRoot(Path folder) {
  private static final List<String> PROGRAMS =
      List.of("sh", "dirname", "readlink", "uname", "date", "sleep");
  private static final List<String> LIBRARIES =
      List.of(
          "libstdc++.so.6",
          "libgcc_s.so.1",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1");
  private static final Pattern PATH = Pattern.compile("(/\\S+) \\(0x");
  private static final Pattern CACHED =
      Pattern.compile("\\s*(\\S+) \\(libc6,x86-64[^)]*\\) => (/\\S+)");

  static EmptyRoot made(Path folder) throws Exception {
    EmptyRoot root = new EmptyRoot(folder);
    for (String made : List.of("bin", "proc", "dev", "tmp", "lib64", "work 目录", "opt/知库 here")) {
      Files.createDirectories(folder.resolve(made));
    }
    for (String program : PROGRAMS) {
      Path file = where(program);
      Files.copy(file, folder.resolve("bin").resolve(program));
      Matcher libraries = PATH.matcher(Run.output("ldd", file.toString()));
      while (libraries.find()) {
        root.library(libraries.group(1));
      }
    }
    Matcher cached = CACHED.matcher(Run.output("/sbin/ldconfig", "-p"));
    while (cached.find()) {
      if (LIBRARIES.contains(cached.group(1))) {
        root.library(cached.group(2));
      }
    }
    root.locale();
    return root;
  }

  /** Without it Java finds no file whose name is not ASCII, its own included. */
  private void locale() throws IOException {
    Path utf8 = Path.of("/usr/lib/locale/C.utf8");
    for (Path file : Folders.files(utf8)) {
      library(file.toString());
    }
  }

  private static Path where(String program) throws IOException {
    for (String place : List.of("/usr/bin", "/bin")) {
      if (Files.isExecutable(Path.of(place, program))) {
        return Path.of(place, program).toRealPath();
      }
    }
    throw new IOException("no program " + program);
  }

  private void library(String path) throws IOException {
    Path copy = folder.resolve(path.substring(1));
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of(path).toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * A command in this root, in namespaces of its own: no network but its own loopback, no other
   * process.
   */
  Process start(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bwrap", "--bind", folder.toString(), "/", "--proc", "/proc", "--dev", "/dev");
    builder
        .command()
        .addAll(
            List.of(
                "--unshare-all", "--die-with-parent", "--clearenv", "--setenv", "PATH", "/bin"));
    builder.command().addAll(List.of("--chdir", "/work 目录", "--"));
    builder.command().addAll(List.of(command));
    return builder.redirectErrorStream(true).start();
  }
}

package dev.zhiku.ingest.child;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line that starts a child. */
final class ChildCommand {
  /** System property that tells the child how long a message may be. */
  static final String MESSAGE_BYTES = "zhiku.child.message-bytes";

  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final Set<String> KEPT_ENVIRONMENT =
      Set.of(
          "PATH",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TESSDATA_PREFIX",
          "SystemRoot",
          "SYSTEMROOT",
          "windir");

  private ChildCommand() {}

  /**
   * The class path travels in the environment: it keeps the command line short, which some native
   * libraries need. Nothing else of this process's environment does, but what a Java process needs.
   */
  static ProcessBuilder builder(ChildSettings settings, Path temporaryDirectory) {
    ProcessBuilder builder = new ProcessBuilder(arguments(settings, temporaryDirectory));
    builder.directory(temporaryDirectory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT_ENVIRONMENT);
    environment.put("CLASSPATH", absoluteClassPath());
    return builder;
  }

  private static List<String> arguments(ChildSettings settings, Path temporaryDirectory) {
    List<String> arguments = new ArrayList<>();
    if (settings.niceness() > 0 && Files.isExecutable(NICE)) {
      arguments.addAll(List.of(NICE.toString(), "-n", Integer.toString(settings.niceness())));
    }
    settings
        .wall()
        .map(wall -> wall.before(absoluteClassPath(), temporaryDirectory))
        .ifPresent(arguments::addAll);
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(
        List.of(
            "-Xmx" + settings.heapBytes(),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + temporaryDirectory.resolve("crash.log"),
            "-Xshare:auto",
            "-Djava.io.tmpdir=" + temporaryDirectory,
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Djdk.serialFilter=!*",
            "-Djdk.net.hosts.file=" + temporaryDirectory.resolve("no-hosts"),
            "-D" + MESSAGE_BYTES + "=" + settings.messageBytes()));
    arguments.addAll(settings.jvmOptions());
    arguments.add(settings.mainClass());
    arguments.addAll(settings.arguments());
    return arguments;
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}

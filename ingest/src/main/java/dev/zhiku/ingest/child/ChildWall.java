package dev.zhiku.ingest.child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall of the operating system around a child: no network, no other process, and of the file
 * system only Java, libraries and what is named. On Linux, by bubblewrap, where it is installed and
 * the system lets accounts make namespaces; elsewhere there is none, and the child runs without.
 *
 * @param readable folders that the child reads files from; {@code /} for every file
 */
public record ChildWall(List<Path> readable) {
  private static final Logger LOG = LoggerFactory.getLogger(ChildWall.class);
  private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");
  private static final Path ROOT = Path.of("/");
  private static final long TRIAL_SECONDS = 60;

  /** Programs and libraries; those of other distributions too. */
  private static final List<Path> SYSTEM =
      Stream.of(
              "/usr",
              "/bin",
              "/sbin",
              "/lib",
              "/lib32",
              "/lib64",
              "/nix/store",
              "/etc/alternatives",
              "/etc/fonts",
              "/etc/ld.so.cache",
              "/etc/localtime",
              "/sys/fs/cgroup")
          .map(Path::of)
          .toList();

  /** Whether children can be walled in here. */
  public enum State {
    /** They are. */
    UP,
    /** There is no Linux. */
    NO_LINUX,
    /** bubblewrap is not installed. */
    NOT_INSTALLED,
    /** The system lets this account make no namespaces, as in many containers. */
    NOT_ALLOWED
  }

  /** Tried once for each process. */
  private static final class Tried {
    static final State STATE = tryOut();

    private Tried() {}
  }

  public ChildWall {
    readable = readable.stream().map(Path::toAbsolutePath).toList();
  }

  /** Whether children can be walled in here; the first call tries it with Java itself. */
  public static State state() {
    return Tried.STATE;
  }

  private static State tryOut() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return State.NO_LINUX;
    }
    if (!Files.isExecutable(BUBBLEWRAP)) {
      return State.NOT_INSTALLED;
    }
    List<String> command = new ArrayList<>(new ChildWall(List.of()).options(""));
    command.addAll(List.of("--", java().toString(), "-Xshare:auto", "-version"));
    try {
      Process trial =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS);
      trial.destroyForcibly();
      return ended && trial.exitValue() == 0 ? State.UP : State.NOT_ALLOWED;
    } catch (IOException e) {
      LOG.debug("bubblewrap cannot be started", e);
      return State.NOT_ALLOWED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.NOT_ALLOWED;
    }
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * What comes before the command of a child; nothing where there is no wall.
   *
   * @param classPath of the child
   * @param temporaryDirectory the one place that it may write to
   */
  List<String> before(String classPath, Path temporaryDirectory) {
    if (state() != State.UP) {
      return List.of();
    }
    List<String> command = new ArrayList<>(options(classPath));
    String own = temporaryDirectory.toString();
    command.addAll(List.of("--bind", own, own, "--chdir", own, "--"));
    return command;
  }

  private List<String> options(String classPath) {
    List<String> options =
        new ArrayList<>(
            List.of(
                BUBBLEWRAP.toString(),
                "--unshare-user",
                "--unshare-net",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--cap-drop",
                "ALL",
                "--die-with-parent"));
    if (readable.contains(ROOT)) {
      options.addAll(List.of("--ro-bind", "/", "/"));
    } else {
      seen(classPath)
          .forEach(
              path -> options.addAll(List.of("--ro-bind-try", path.toString(), path.toString())));
    }
    options.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    return options;
  }

  private Set<Path> seen(String classPath) {
    Set<Path> seen = new LinkedHashSet<>(SYSTEM);
    seen.add(Path.of(System.getProperty("java.home")));
    try (Stream<Path> settings = Files.list(Path.of("/etc"))) {
      settings.filter(path -> path.getFileName().toString().startsWith("java")).forEach(seen::add);
    } catch (IOException e) {
      LOG.debug("/etc cannot be listed", e);
    }
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        seen.add(Path.of(entry));
      }
    }
    seen.addAll(readable);
    return seen;
  }
}

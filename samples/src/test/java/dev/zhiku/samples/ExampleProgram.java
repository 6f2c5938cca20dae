package dev.zhiku.samples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that ask one question, each with the tool that runs it. */
enum ExampleProgram {
  SHELL("curl", "sh ask.sh"),
  PYTHON("python3", "python3 ask.py"),
  NODE("node", "node ask.mjs"),
  NODE_STREAMING("node", "node stream.mjs"),
  POWERSHELL("pwsh", "pwsh -NoProfile -File ask.ps1"),
  JAVA("java", "java -cp CLASSES dev.zhiku.samples.AskExample"),
  JAVA_STREAMING("java", "java -cp CLASSES dev.zhiku.samples.StreamExample"),
  JAVA_8("java", "java -cp CLASSES AskJava8");

  /** Where the examples lie; the build runs in the module's folder. */
  static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

  private final String tool;
  private final String commandLine;

  ExampleProgram(String tool, String commandLine) {
    this.tool = tool;
    this.commandLine = commandLine;
  }

  /** Why this program cannot be run here, or empty when it can. */
  Optional<String> obstacle() {
    return Stream.of(tool, words().get(0))
        .filter(name -> find(name).isEmpty())
        .findFirst()
        .map(name -> name + " is not installed, so the example " + name() + " was not run");
  }

  /** The command line up to the arguments; compiled holds AskJava8. */
  List<String> command(Path compiled) {
    return words().stream().map(word -> resolved(word, compiled)).toList();
  }

  private List<String> words() {
    return List.of(commandLine.split(" ", -1));
  }

  private String resolved(String word, Path compiled) {
    if (word.equals("CLASSES")) {
      return this == JAVA_8 ? compiled.toString() : classPath();
    }
    return word.startsWith("ask.") || word.startsWith("stream.")
        ? EXAMPLES.resolve(word).toString()
        : find(word).map(Path::toString).orElse(word);
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * The tool's file; java is the one that runs the tests, everything else is looked up on the PATH.
   */
  static Optional<Path> find(String name) {
    if (name.equals("java")) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

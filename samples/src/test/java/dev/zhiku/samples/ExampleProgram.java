package dev.zhiku.samples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that ask one question, each with the tool that runs it. */
enum ExampleProgram {
  SHELL("curl", "sh ask.sh"),
  PYTHON("python3", "python3 ask.py"),
  PYTHON_OPENAI("python3", "python3 openai_client.py", "openai"),
  PYTHON_LANGCHAIN("python3", "python3 langchain_client.py", "langchain_openai"),
  PYTHON_LLAMAINDEX("python3", "python3 llamaindex_client.py", "llama_index.llms.openai_like"),
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

  private final Optional<String> needed;

  ExampleProgram(String tool, String commandLine) {
    this.tool = tool;
    this.commandLine = commandLine;
    this.needed = Optional.empty();
  }

  /**
   * @param needed Python package that it imports
   */
  ExampleProgram(String tool, String commandLine, String needed) {
    this.tool = tool;
    this.commandLine = commandLine;
    this.needed = Optional.of(needed);
  }

  /** Why this program cannot be run here, or empty when it can. */
  Optional<String> obstacle() {
    return Stream.of(tool, words().get(0))
        .filter(name -> find(name).isEmpty())
        .findFirst()
        .or(() -> needed.flatMap(ExampleProgram::missingPackage))
        .map(name -> name + " is not installed, so the example " + name() + " was not run");
  }

  private static Optional<String> missingPackage(String needed) {
    try {
      boolean there =
          new ProcessBuilder("python3", "-c", "import " + needed)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
      return there ? Optional.empty() : Optional.of("the Python package " + needed);
    } catch (IOException e) {
      return Optional.of("python3");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How an empty question is refused: each protocol has its own spelling. */
  String codeOfEmptyQuestion() {
    return needed.isPresent() ? "value_out_of_range" : "question-empty";
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
    return word.matches("(ask|stream|[a-z]+_client)\\..*")
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

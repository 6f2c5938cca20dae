package dev.zhiku.app.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku explain "…" FILE}. */
@Command(
    name = "explain",
    description = "Says why a document was found for a question, or why it was not.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints what POST /explain says and nothing else")
  private boolean json;

  @Parameters(index = "0", paramLabel = "QUESTION", description = "In Chinese or English")
  private String question = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "A path inside a source or on this machine, a name, or an id")
  private String file = "";

  @Override
  public Integer call() throws InterruptedException {
    ConsoleWriter out = ConsoleWriter.of(spec);
    try (LocalService service = LocalService.of(options.load())) {
      Map<String, @Nullable Object> why =
          service.post("/explain", Map.of("question", question, "document", named(file)));
      if (json) {
        out.println(service.json(why));
      } else {
        new ExplanationLines(why).all().forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  /** An absolute path without the detours that somebody typed; anything else as it is. */
  private static String named(String typed) {
    try {
      Path path = Path.of(typed);
      return path.isAbsolute() ? path.normalize().toString() : typed;
    } catch (InvalidPathException e) {
      return typed; // such as a part of a path that another system wrote
    }
  }
}

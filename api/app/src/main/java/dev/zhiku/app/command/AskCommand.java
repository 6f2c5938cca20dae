package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku ask "…"}. */
@Command(
    name = "ask",
    description = "Asks the running service and prints the answer with its citations.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "QUESTION", arity = "1..*", description = "In Chinese or English")
  private List<String> words = List.of();

  @Override
  public Integer call() throws InterruptedException {
    try (LocalService service = LocalService.of(options.load())) {
      print(service.post("/query", Map.of("question", String.join(" ", words))));
      return 0;
    }
  }

  private void print(Map<String, @Nullable Object> response) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(JsonObject.lines(response, "answer"));
    String before = "";
    for (Map<String, @Nullable Object> citation : JsonObject.objects(response, "citations")) {
      String place = "[" + JsonObject.text(citation, "number") + "] " + place(citation);
      if (!place.equals(before)) {
        out.println();
        out.println(place);
      }
      before = place;
      out.println("    " + JsonObject.lines(citation, "quote").strip().replace("\n", "\n    "));
    }
    for (Map<String, @Nullable Object> warning : JsonObject.objects(response, "warnings")) {
      out.println();
      out.println("! " + JsonObject.text(warning, "detail"));
    }
    out.flush();
  }

  private static String place(Map<String, @Nullable Object> citation) {
    String location = JsonObject.text(citation, "location");
    String file = JsonObject.text(citation, "source") + ":" + JsonObject.text(citation, "path");
    return location.isEmpty() ? file : file + ", " + location;
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku model list|pull|use|remove}. */
@Command(
    name = "model",
    description = "Lists, fetches, chooses and removes language models.",
    mixinStandardHelpOptions = true)
final class ModelCommand implements Callable<Integer> {
  /** What can be done with models. */
  enum Action {
    /** Shows what there is and what can be fetched. */
    LIST,
    /** Fetches one. */
    PULL,
    /** Has one write the answers. */
    USE,
    /** Deletes one. */
    REMOVE;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "list|pull|use|remove",
      description = "list: what there is; pull: fetches; use: writes answers; remove: deletes")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "As list names it. pull also takes the https address or the path of a GGUF file, use also"
              + " takes extractive for no model")
  private @Nullable String name;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "pull: the sum that the file must have; needed where its server names none")
  private @Nullable String sha256;

  @Option(
      names = "--hub",
      paramLabel = "HUB",
      description = "pull: huggingface (if left out) or modelscope, for names of the catalogue")
  private @Nullable String hub;

  @Option(names = "--previous", description = "use: what was used before the last change")
  private boolean previous;

  @Option(names = "--json", description = "list: prints what GET /models says and nothing else")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    checkArguments();
    try (LocalService service = LocalService.of(options.load())) {
      return switch (action) {
        case LIST -> list(service);
        case PULL -> new ModelPull(service, ConsoleWriter.of(spec)).run(order());
        case USE -> use(service);
        case REMOVE -> remove(service);
      };
    }
  }

  /** What was typed wrongly is told without a service too. */
  private void checkArguments() {
    if (action == Action.USE && previous && name != null) {
      throw new ParameterException(
          spec.commandLine(), "--previous takes no name: it goes back to what was used before");
    }
    if (action != Action.LIST && !(action == Action.USE && previous)) {
      required();
    }
  }

  private int list(LocalService service) throws InterruptedException {
    Map<String, @Nullable Object> library = service.get("/models");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(service.json(library));
    } else {
      ModelLines.print(out, library);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Map<String, Object> order() {
    Map<String, Object> order = new TreeMap<>();
    order.put("name", absolute(required()));
    Optional.ofNullable(sha256).ifPresent(sum -> order.put("sha256", sum));
    Optional.ofNullable(hub).ifPresent(from -> order.put("hub", from));
    return order;
  }

  /** The service may have another working folder than whoever types. */
  private static String absolute(String name) {
    try {
      Path path = Path.of(name);
      return Files.isRegularFile(path) ? path.toAbsolutePath().normalize().toString() : name;
    } catch (InvalidPathException e) {
      return name;
    }
  }

  private int use(LocalService service) throws InterruptedException {
    Map<String, @Nullable Object> now =
        service.post(
            "/models/use", previous ? Map.of("previous", true) : Map.of("name", required()));
    PrintWriter out = spec.commandLine().getOut();
    ModelLines.printWriter(out, now);
    out.println("It writes from the next question on, also after a restart.");
    out.flush();
    return ExitCode.OK;
  }

  private int remove(LocalService service) throws InterruptedException {
    String gone = required();
    service.delete(
        "/models/" + URLEncoder.encode(gone, StandardCharsets.UTF_8).replace("+", "%20"));
    spec.commandLine().getOut().println(gone + " is removed.");
    return ExitCode.OK;
  }

  private String required() {
    String given = name;
    if (given == null || given.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "Which model? For example ./zhiku model "
              + action
              + (action == Action.PULL ? " deepseek-r1-distill-qwen-7b" : " NAME")
              + "; ./zhiku model list names them.");
    }
    return given;
  }
}

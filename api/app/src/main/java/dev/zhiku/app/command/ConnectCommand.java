package dev.zhiku.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku connect CLIENT}. */
@Command(
    name = "connect",
    description =
        "Shows what a client is to be given, and what it would see. Without a name: which clients"
            + " there are settings for.",
    mixinStandardHelpOptions = true)
final class ConnectCommand implements Callable<Integer> {
  private static final String LINE = "%-26s %-10s %s%n";

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "CLIENT", arity = "0..1", description = "Such as open-webui")
  private @Nullable String client;

  @Option(names = "--key-file", description = "Its first line is the key that the client has")
  private @Nullable Path keyFile;

  @Option(names = "--new-key", description = "Makes a reader's key for the client")
  private boolean newKey;

  @Option(names = "--question", description = "Asked in place of one from the documents' headings")
  private @Nullable String question;

  @Option(names = "--no-test", description = "Shows the settings and asks nothing")
  private boolean noTest;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (keyFile != null && newKey) {
      throw new ParameterException(spec.commandLine(), "Give --key-file or --new-key, not both.");
    }
    try (LocalService service = LocalService.of(options.load())) {
      if (client == null) {
        list(service.get("/connect"));
        return ExitCode.OK;
      }
      Map<String, @Nullable Object> known = service.get("/connect/" + LocalService.encoded(client));
      Optional<String> itsKey = newKey ? Optional.of(made(service)) : read();
      show(known, itsKey);
      return noTest ? ExitCode.OK : test(service, known, itsKey);
    }
  }

  private void list(Map<String, @Nullable Object> clients) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(LINE, "CLIENT", "PROTOCOL", "NAME");
    for (Map<String, @Nullable Object> one : JsonObject.objects(clients, "items")) {
      String off = "false".equals(JsonObject.text(one, "available")) ? " (its port is off)" : "";
      out.printf(
          LINE,
          JsonObject.text(one, "id"),
          JsonObject.text(one, "protocol"),
          JsonObject.text(one, "name") + off);
    }
    out.flush();
  }

  private Optional<String> read() {
    Path file = keyFile;
    if (file == null) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return Optional.of(lines.findFirst().orElse("").strip());
    } catch (IOException | UncheckedIOException e) {
      throw new ParameterException(spec.commandLine(), file + " cannot be read: " + e.getMessage());
    }
  }

  private String made(LocalService service) throws InterruptedException {
    return JsonObject.text(
        service.post("/keys", Map.of("label", String.valueOf(client), "role", "reader")), "secret");
  }

  private void show(Map<String, @Nullable Object> known, Optional<String> itsKey) {
    PrintWriter out = spec.commandLine().getOut();
    String placeholder = JsonObject.text(known, "key_placeholder");
    out.println(JsonObject.text(known, "name"));
    out.println();
    for (Map<String, @Nullable Object> setting : JsonObject.objects(known, "settings")) {
      String value = JsonObject.text(setting, "value");
      out.printf(
          "  %-22s %s%n",
          JsonObject.text(setting, "name"),
          itsKey.map(secret -> value.replace(placeholder, secret)).orElse(value));
    }
    out.println();
    int number = 1;
    for (String step : JsonObject.texts(known, "steps")) {
      out.println(number++ + ". " + step);
    }
    out.flush();
    if (newKey) {
      spec.commandLine().getErr().println("This is the only time that the key is shown.");
      spec.commandLine().getErr().flush();
    }
  }

  private int test(
      LocalService service, Map<String, @Nullable Object> known, Optional<String> itsKey)
      throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    if ("false".equals(JsonObject.text(known, "available"))) {
      out.println("Its port is off, so it would see nothing: set zhiku.ollama-api.port.");
      out.flush();
      return ExitCode.SOFTWARE;
    }
    String asked =
        Optional.ofNullable(question).orElseGet(() -> JsonObject.text(known, "question"));
    ClientTrial trial =
        new ClientTrial(
            service, itsKey, asked, "ollama".equals(JsonObject.text(known, "protocol")));
    boolean well = true;
    List<Map<String, @Nullable Object>> checks = JsonObject.objects(known, "checks");
    for (Map<String, @Nullable Object> check : checks) {
      ClientTrial.Seen seen = trial.of(check);
      well &= seen.well();
      out.println((seen.well() ? "ok      " : "FAILED  ") + JsonObject.text(check, "name"));
      seen.lines().forEach(line -> out.println("        " + line));
      out.flush();
    }
    return well ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}

package dev.zhiku.app.command;

import dev.zhiku.server.identity.Role;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku invite NAME}. */
@Command(
    name = "invite",
    description =
        "Invites a person to one device: whoever opens the link first, within 24 hours, is signed"
            + " in as that person.",
    mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The person; one who is there by this name is invited to another device")
  private String name = "";

  @Option(
      names = "--role",
      description = "What a new person may do: reader (the default), uploader, admin or auditor")
  private @Nullable Role role;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> body = new HashMap<>(Map.of("name", name));
    if (role != null) {
      body.put("role", role.wireName());
    }
    try (LocalService service = LocalService.of(options.load())) {
      show(service.post("/invitations", body));
    }
    return ExitCode.OK;
  }

  /** The links alone go to standard output, for scripts. */
  private void show(Map<String, @Nullable Object> invited) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> links = JsonObject.texts(invited, "links");
    links.forEach(out::println);
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    if (Ansi.AUTO.enabled() && !links.isEmpty()) {
      QrCode.lines(links.getFirst()).forEach(err::println);
    }
    err.println(
        "Signs in one device as "
            + JsonObject.text(JsonObject.object(invited, "person"), "name")
            + ", once, until "
            + JsonObject.text(invited, "ends_at")
            + ". It is shown only now.");
    err.flush();
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code zhiku person list}, {@code sign-out NAME DEVICE} and {@code remove NAME}. */
@Command(
    name = "person",
    description = "Shows persons and their devices, signs a device out, removes a person.",
    mixinStandardHelpOptions = true)
final class PersonCommand extends ServiceCommand {
  /** What can be done with persons. */
  enum Action {
    /** Shows each with his devices. */
    LIST,
    /** Ends one device. */
    SIGN_OUT,
    /** Ends a person. */
    REMOVE;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "list|sign-out|remove",
      description =
          "list: every person with his devices; sign-out: ends one device; remove: ends a person"
              + " with all devices and invitations")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name or id of the person")
  private @Nullable String name;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "DEVICE",
      description = "Id of the device, as list shows it")
  private @Nullable String device;

  @Override
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    switch (action) {
      case LIST -> persons(service).forEach(this::show);
      case SIGN_OUT -> signOut(service);
      case REMOVE -> remove(service);
    }
  }

  private static List<Map<String, @Nullable Object>> persons(LocalService service)
      throws InterruptedException {
    return JsonObject.objects(service.get("/persons"), "items");
  }

  private void show(Map<String, @Nullable Object> person) {
    PrintWriter out = commandLine().getOut();
    out.printf(
        "%-18s  %-8s  %s%n",
        JsonObject.text(person, "id"),
        JsonObject.text(person, "role"),
        JsonObject.text(person, "name"));
    JsonObject.objects(person, "devices")
        .forEach(
            one ->
                out.printf(
                    "  %s  used %s  %s%n",
                    JsonObject.text(one, "id"),
                    JsonObject.text(one, "used_at"),
                    JsonObject.text(one, "label")));
    JsonObject.objects(person, "invitations")
        .forEach(
            one ->
                out.printf(
                    "  %s  invited until %s%n",
                    JsonObject.text(one, "id"), JsonObject.text(one, "ends_at")));
  }

  private void signOut(LocalService service) throws InterruptedException {
    if (device == null) {
      throw new ParameterException(
          commandLine(), "Which device? For example: zhiku person sign-out Anna d_0123");
    }
    service.delete("/persons/" + id(service) + "/devices/" + LocalService.encoded(device));
    commandLine().getOut().println("Signed out: " + device + " opens nothing any more.");
  }

  private void remove(LocalService service) throws InterruptedException {
    service.delete("/persons/" + id(service));
    commandLine().getOut().println("Removed: " + name + " is signed out everywhere.");
  }

  private String id(LocalService service) throws InterruptedException {
    if (name == null) {
      throw new ParameterException(
          commandLine(), "Who? For example: zhiku person " + action + " Anna");
    }
    String wanted = name;
    return persons(service).stream()
        .filter(
            person ->
                JsonObject.text(person, "name").equalsIgnoreCase(wanted)
                    || JsonObject.text(person, "id").equals(wanted))
        .map(person -> JsonObject.text(person, "id"))
        .findFirst()
        .orElseGet(() -> LocalService.encoded(wanted));
  }
}

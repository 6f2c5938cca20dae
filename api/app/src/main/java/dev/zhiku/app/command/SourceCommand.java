package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code zhiku source list}, {@code add}, {@code remove}, {@code hold}, and the rest of it. */
@Command(
    name = "source",
    description =
        "Shows the folders that are answered from, adds and removes them while the service runs,"
            + " and leaves one alone for a while.",
    mixinStandardHelpOptions = true)
final class SourceCommand extends ServiceCommand {
  /** What can be done with sources. */
  enum Action {
    /** Shows each with its state. */
    LIST,
    /** Adds a folder. */
    ADD,
    /** Removes one that was added, or the samples. */
    REMOVE,
    /** Leaves a folder alone. */
    HOLD,
    /** Looks through it again, or takes a removal back. */
    RESUME,
    /** Believes a held one as it is now. */
    CONFIRM;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "list|add|remove|hold|resume|confirm",
      description =
          "list: every source; add NAME DIR; remove NAME; hold NAME: leave its folder alone;"
              + " resume NAME: look through it again; confirm NAME: what is missing from one that"
              + " is held because its folder changed is removed")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source, as list names it")
  private @Nullable String name;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "DIR",
      description = "With add: the folder, a mounted share or, on Windows, a UNC path")
  private @Nullable String folder;

  @Option(names = "--read-only", description = "With add: nothing is uploaded or deleted there")
  private boolean readOnly;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "With add: only such files; may be repeated")
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "With add: no such files, for example 'old/**'; may be repeated")
  private List<String> exclude = List.of();

  @Option(
      names = "--scan",
      paramLabel = "SECONDS",
      description = "With add: how often the whole folder is looked through")
  private @Nullable Integer scanSeconds;

  @Option(names = "--confirm", description = "With remove: the documents of the source go now")
  private boolean confirmed;

  @Override
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    switch (action) {
      case LIST ->
          JsonObject.objects(service.get("/sources"), "items")
              .forEach(source -> SourceLine.printManaged(out, source));
      case ADD -> add(service, out);
      case REMOVE -> remove(service, out);
      case HOLD, RESUME ->
          SourceLine.printManaged(out, service.post(route() + "/" + action, Map.of()));
      case CONFIRM -> confirm(service, out);
    }
  }

  private void add(LocalService service, PrintWriter out) throws InterruptedException {
    if (folder == null) {
      throw new ParameterException(
          commandLine(), "Which folder? For example: zhiku source add manuals /srv/manuals");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name());
    body.put("path", whole(folder));
    body.put("read_only", readOnly);
    body.put("include", include);
    body.put("exclude", exclude);
    if (scanSeconds != null) {
      body.put("scan_seconds", scanSeconds);
    }
    SourceLine.printManaged(out, service.post("/sources", body));
    out.println("Added. Its files are read now: ./zhiku status --follow");
    if (JsonObject.objects(service.get("/access/rules"), "items").isEmpty()) {
      out.println("There are no rules of who sees what: everybody who may read sees it.");
    } else {
      out.printf(
          "Administrators alone see it until a rule names it: ./zhiku access allow WHO --source"
              + " %s%n",
          name());
    }
    out.println("The rights that the folder or share itself has are not taken over.");
  }

  /** Addresses of shares stay as they are; the service says what has to be done with them. */
  private static String whole(String folder) {
    boolean address = folder.startsWith("\\\\") || folder.contains("://");
    return address || Path.of(folder).isAbsolute()
        ? folder
        : Path.of(folder).toAbsolutePath().normalize().toString();
  }

  private void remove(LocalService service, PrintWriter out) throws InterruptedException {
    Map<String, @Nullable Object> removal =
        service.delete(route() + (confirmed ? "?confirm=true" : ""));
    String documents = JsonObject.text(removal, "documents");
    if (Boolean.TRUE.equals(removal.get("removed"))) {
      out.printf(
          "Removed: %s with %s documents. Its files are as they were; ./zhiku source add reads them"
              + " again.%n",
          name(), documents);
    } else {
      out.printf(
          "Not yet: %s documents of %s are still answered from. ./zhiku source remove %s --confirm"
              + " lets them go, ./zhiku source resume %s keeps them. No file is deleted.%n",
          documents, name(), name(), name());
    }
  }

  private void confirm(LocalService service, PrintWriter out) throws InterruptedException {
    Map<String, @Nullable Object> source = service.post(route() + "/confirm", Map.of());
    out.printf(
        "Confirmed: the folder of %s (%s) is believed as it is now.%n",
        JsonObject.text(source, "name"), JsonObject.text(source, "root"));
  }

  private String route() {
    return "/sources/" + LocalService.encoded(name());
  }

  private String name() {
    if (name == null) {
      throw new ParameterException(
          commandLine(), "Which source? For example: zhiku source " + action + " knowledge");
    }
    return name;
  }
}

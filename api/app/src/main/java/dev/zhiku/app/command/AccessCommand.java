package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code zhiku access list}, {@code show}, {@code why}, {@code allow}, and the rest of it. */
@Command(
    name = "access",
    description =
        "Says and shows who may see what. Without a rule everybody sees everything; with the first"
            + " one, who is no administrator sees what is allowed and not denied.",
    mixinStandardHelpOptions = true)
final class AccessCommand extends ServiceCommand {
  private static final String EVERYTHING = "**";

  /** The changes and questions of rules and groups. */
  enum Action {
    /** Shows all rules and groups. */
    LIST,
    /** Shows what somebody may see. */
    SHOW,
    /** Shows what everybody has used. */
    USAGE,
    /** Says why somebody may see a file, or may not. */
    WHY,
    /** Adds a rule that shows something. */
    ALLOW,
    /** Adds a rule that hides something. */
    DENY,
    /** Removes a rule. */
    FORGET,
    /** Puts somebody into a group. */
    JOIN,
    /** Takes somebody out of a group. */
    LEAVE;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "list|show|usage|why|allow|deny|forget|join|leave",
      description =
          "list; show WHO; usage; why WHO FILE; allow, deny and forget WHO PATH; join and leave WHO GROUP")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "WHO",
      description =
          "The name of a person; for rules also group:NAME or everyone; or a principal: key:ID,"
              + " shared-key:reader")
  private @Nullable String who;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "A file, a folder with all below it as 'folder/**', or '**' (the default) for"
              + " everything; with join and leave the name of the group")
  private @Nullable String path;

  @Option(names = "--source", description = "The source that a rule is of; every one if left out")
  private String source = "*";

  @Override
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    switch (action) {
      case LIST -> list(service);
      case SHOW -> show(service);
      case USAGE -> usage(service);
      case WHY -> why(service);
      case ALLOW, DENY -> add(service);
      case FORGET -> forget(service);
      case JOIN, LEAVE -> group(service);
    }
  }

  private void list(LocalService service) throws InterruptedException {
    rules(service).forEach(this::print);
    groups(service)
        .forEach(
            group ->
                commandLine()
                    .getOut()
                    .printf(
                        "group:%s  %s%n",
                        JsonObject.text(group, "name"),
                        String.join(", ", JsonObject.texts(group, "names"))));
  }

  private void print(Map<String, @Nullable Object> rule) {
    commandLine()
        .getOut()
        .printf(
            "%-5s  %s  %s  %s%n",
            JsonObject.text(rule, "effect"),
            JsonObject.text(rule, "name"),
            JsonObject.text(rule, "source"),
            JsonObject.text(rule, "path"));
  }

  private void show(LocalService service) throws InterruptedException {
    Map<String, @Nullable Object> sight =
        service.get("/access/show?subject=" + LocalService.encoded(who()));
    PrintWriter out = commandLine().getOut();
    boolean everything = JsonObject.text(sight, "everything").equals("true");
    out.printf(
        "%s (%s) sees %s documents%s%n",
        JsonObject.text(sight, "name"),
        JsonObject.text(sight, "role"),
        JsonObject.text(sight, "documents"),
        everything ? ": everything" : "");
    List<String> groups = JsonObject.texts(sight, "groups");
    if (!groups.isEmpty()) {
      out.println("in the groups " + String.join(", ", groups));
    }
    printUsage(JsonObject.object(sight, "usage"));
    JsonObject.objects(sight, "rules").forEach(this::print);
  }

  private void usage(LocalService service) throws InterruptedException {
    for (Map<String, @Nullable Object> one :
        JsonObject.objects(service.get("/access/usage?limit=1000"), "items")) {
      String name = JsonObject.text(one, "name");
      String subject = JsonObject.text(one, "subject");
      commandLine()
          .getOut()
          .print(name.equals(subject) ? name + "  " : name + " (" + subject + ")  ");
      printUsage(JsonObject.object(one, "usage"));
    }
  }

  private void printUsage(Map<String, @Nullable Object> usage) {
    PrintWriter out = commandLine().getOut();
    out.printf(
        "%s questions, %s tokens given to models, %s written by them",
        JsonObject.text(usage, "questions"),
        JsonObject.text(usage, "prompt_tokens"),
        JsonObject.text(usage, "completion_tokens"));
    if (usage.get("last_asked_at") != null) {
      out.printf(", last at %s", JsonObject.text(usage, "last_asked_at"));
    }
    out.println();
  }

  private void why(LocalService service) throws InterruptedException {
    if (path == null) {
      throw new ParameterException(
          commandLine(), "Which file? For example: zhiku access why Anna report.pdf");
    }
    Map<String, @Nullable Object> reason =
        service.get(
            "/access/why?subject="
                + LocalService.encoded(who())
                + "&document="
                + LocalService.encoded(path));
    commandLine()
        .getOut()
        .printf(
            "%s %s %s:%s (%s)%n",
            who(),
            JsonObject.text(reason, "visible").equals("true") ? "sees" : "does not see",
            JsonObject.text(reason, "source"),
            JsonObject.text(reason, "path"),
            JsonObject.text(reason, "reason"));
    JsonObject.objects(reason, "rules").forEach(this::print);
  }

  private void add(LocalService service) throws InterruptedException {
    List<Map<String, @Nullable Object>> before = rules(service);
    List<Object> wanted = new ArrayList<>(before.stream().map(AccessCommand::body).toList());
    wanted.add(
        Map.of("subject", who(), "effect", action.toString(), "source", source, "path", path()));
    service.put("/access/rules", Map.of("items", wanted));
    PrintWriter out = commandLine().getOut();
    out.println("In force: " + action + " " + who() + " " + source + " " + path());
    if (before.isEmpty()) {
      out.println("It is the first rule: who is no administrator sees now only what is allowed.");
    }
  }

  /** Removes what says the same, allowed or denied. */
  private void forget(LocalService service) throws InterruptedException {
    List<Map<String, @Nullable Object>> before = rules(service);
    List<Map<String, @Nullable Object>> kept =
        before.stream().filter(rule -> !isMeant(rule)).toList();
    if (kept.size() == before.size()) {
      throw new ParameterException(commandLine(), "There is no such rule.");
    }
    service.put("/access/rules", Map.of("items", kept.stream().map(AccessCommand::body).toList()));
    PrintWriter out = commandLine().getOut();
    out.println("Forgotten: " + who() + " " + source + " " + path());
    if (kept.isEmpty()) {
      out.println("It was the last rule: everybody sees everything now.");
    }
  }

  private boolean isMeant(Map<String, @Nullable Object> rule) {
    return (JsonObject.text(rule, "name").equalsIgnoreCase(who())
            || JsonObject.text(rule, "subject").equals(who()))
        && JsonObject.text(rule, "source").equals(source)
        && JsonObject.text(rule, "path").equals(path());
  }

  private void group(LocalService service) throws InterruptedException {
    if (path == null) {
      throw new ParameterException(
          commandLine(), "Which group? For example: zhiku access " + action + " Anna sales");
    }
    Map<String, List<String>> members = new HashMap<>();
    for (Map<String, @Nullable Object> group : groups(service)) {
      members.put(JsonObject.text(group, "name"), members(group));
    }
    List<String> those = members.computeIfAbsent(path, name -> new ArrayList<>());
    if (action == Action.JOIN) {
      those.add(who());
    }
    service.put(
        "/groups",
        Map.of(
            "items",
            members.entrySet().stream()
                .map(group -> Map.of("name", group.getKey(), "members", group.getValue()))
                .toList()));
    commandLine()
        .getOut()
        .println(who() + (action == Action.JOIN ? " is in " : " is not in ") + "group:" + path);
  }

  /** As they are kept; without the one who leaves this group. */
  private List<String> members(Map<String, @Nullable Object> group) {
    List<String> kept = JsonObject.texts(group, "members");
    List<String> names = JsonObject.texts(group, "names");
    boolean left = action == Action.LEAVE && JsonObject.text(group, "name").equals(path);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      boolean isMeant = names.get(i).equalsIgnoreCase(who()) || kept.get(i).equals(who());
      if (!left || !isMeant) {
        members.add(kept.get(i));
      }
    }
    return members;
  }

  private static List<Map<String, @Nullable Object>> rules(LocalService service)
      throws InterruptedException {
    return JsonObject.objects(service.get("/access/rules"), "items");
  }

  private static List<Map<String, @Nullable Object>> groups(LocalService service)
      throws InterruptedException {
    return JsonObject.objects(service.get("/groups"), "items");
  }

  private static Map<String, Object> body(Map<String, @Nullable Object> rule) {
    Map<String, Object> body = new HashMap<>();
    for (String field : List.of("subject", "effect", "source", "path")) {
      body.put(field, Objects.requireNonNull(rule.get(field)));
    }
    return body;
  }

  private String who() {
    if (who == null) {
      throw new ParameterException(
          commandLine(), "Who? For example: zhiku access " + action + " Anna");
    }
    return who;
  }

  private String path() {
    return path == null ? EVERYTHING : path;
  }
}

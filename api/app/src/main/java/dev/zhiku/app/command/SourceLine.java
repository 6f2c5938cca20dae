package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source as the commands show it. */
final class SourceLine {
  private SourceLine() {}

  /** One line, and a second one if there is something to know about it. */
  static void print(PrintWriter out, Map<String, @Nullable Object> source) {
    String detail = JsonObject.text(source, "detail");
    out.printf(
        "source     %s%s: %s%s%n",
        JsonObject.text(source, "name"),
        state(source),
        JsonObject.text(source, "root"),
        detail.isEmpty() ? "" : "\n           " + detail);
  }

  /** The same with all that only administrators are told. */
  static void printManaged(PrintWriter out, Map<String, @Nullable Object> source) {
    List<String> marks = new ArrayList<>();
    String state = JsonObject.text(source, "state");
    if (!state.equals("watched")) {
      marks.add(state);
    }
    if (!Boolean.TRUE.equals(source.get("online"))) {
      marks.add("offline");
    }
    if (Boolean.TRUE.equals(source.get("read_only"))) {
      marks.add("read-only");
    }
    out.printf(
        "source     %s%s: %s%n",
        JsonObject.text(source, "name"),
        marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")",
        JsonObject.text(source, "path"));
    out.printf("           %s documents%s%n", JsonObject.text(source, "documents"), looks(source));
    for (String patterns : List.of("include", "exclude")) {
      List<String> globs = JsonObject.texts(source, patterns);
      if (!globs.isEmpty()) {
        out.printf("           %s %s%n", patterns, String.join(", ", globs));
      }
    }
    String detail = JsonObject.text(source, "detail");
    if (!detail.isEmpty()) {
      out.println("           " + detail);
    }
  }

  private static String looks(Map<String, @Nullable Object> source) {
    Map<String, @Nullable Object> looks = JsonObject.object(source, "looks");
    if (looks.isEmpty()) {
      return "";
    }
    return ", looked through every %s s (the last took %s ms)%s"
        .formatted(
            JsonObject.text(looks, "every_seconds"),
            JsonObject.text(looks, "last_took_ms"),
            Boolean.TRUE.equals(looks.get("by_events"))
                ? "; the system reports changes between"
                : "");
  }

  private static String state(Map<String, @Nullable Object> source) {
    if (!Boolean.TRUE.equals(source.get("online"))) {
      return " (offline)";
    }
    return Boolean.TRUE.equals(source.get("held")) ? " (held)" : "";
  }
}

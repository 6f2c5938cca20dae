package dev.zhiku.app.command;

import java.io.PrintWriter;
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

  private static String state(Map<String, @Nullable Object> source) {
    if (!Boolean.TRUE.equals(source.get("online"))) {
      return " (offline)";
    }
    return Boolean.TRUE.equals(source.get("held")) ? " (held)" : "";
  }
}

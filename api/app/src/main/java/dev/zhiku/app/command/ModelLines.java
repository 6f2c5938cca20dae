package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what {@code GET /models} says. */
final class ModelLines {
  private static final double GIGABYTE = 1e9;

  private ModelLines() {}

  static void print(PrintWriter out, Map<String, @Nullable Object> library) {
    printWriter(out, library);
    for (Map<String, @Nullable Object> locked : JsonObject.objects(library, "locked")) {
      out.printf(
          "locked     %s by %s%n", JsonObject.text(locked, "key"), JsonObject.text(locked, "by"));
    }
    for (Map<String, @Nullable Object> model : JsonObject.objects(library, "items")) {
      out.printf(
          "%s  %-45s %9s  %s%s%n",
          Boolean.TRUE.equals(model.get("in_use")) ? "* in use " : "there    ",
          JsonObject.text(model, "name"),
          size(model.get("size")),
          JsonObject.text(model, "library"),
          facts(model));
    }
    for (Map<String, @Nullable Object> offer : JsonObject.objects(library, "catalogue")) {
      out.printf(
          "to pull    %-45s %9s  %s%n",
          JsonObject.text(offer, "name"),
          size(offer.get("size")),
          JsonObject.text(offer, "quantization"));
    }
    for (Map<String, @Nullable Object> warning : JsonObject.objects(library, "warnings")) {
      out.println("!          " + JsonObject.text(warning, "detail"));
    }
    Map<String, @Nullable Object> pull = JsonObject.object(library, "pull");
    if ("running".equals(pull.get("state"))) {
      out.println("on its way " + JsonObject.text(pull, "name") + ": " + PullLine.of(pull).words());
    }
  }

  static void printWriter(PrintWriter out, Map<String, @Nullable Object> library) {
    String model = JsonObject.text(library, "model");
    out.printf(
        "answers    by %s%s%n",
        JsonObject.text(library, "backend"), model.isEmpty() ? "" : " (" + model + ")");
  }

  private static String facts(Map<String, @Nullable Object> model) {
    StringBuilder facts = new StringBuilder();
    for (String key : new String[] {"parameters", "quantization"}) {
      String fact = JsonObject.text(model, key);
      facts.append(fact.isEmpty() ? "" : ", " + fact);
    }
    String context = JsonObject.text(model, "context_tokens");
    return facts + (context.isEmpty() ? "" : ", context of " + context + " tokens");
  }

  /** As hubs write it: a gigabyte has 10^9 bytes. */
  static String size(@Nullable Object bytes) {
    double count = bytes instanceof Number number ? number.doubleValue() : 0;
    return String.format(Locale.ROOT, "%.2f GB", count / GIGABYTE);
  }
}

package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.ingest.source.HiddenCharacters;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** The lines that {@code zhiku audit proof} prints of a deleted document. */
final class ProofReport {
  private ProofReport() {}

  /**
   * @param now whether what is left is taken out first
   * @return 0 if nothing is left but what stays on purpose, 1 otherwise
   */
  static int print(ZhikuConfig config, String document, boolean now, PrintWriter out)
      throws InterruptedException {
    Map<String, @Nullable Object> proof;
    try (LocalService service = LocalService.of(config)) {
      proof =
          now
              ? service.post("/documents/" + document + "/erase", Map.of())
              : service.get("/audit/proof/" + document);
    }
    line(out, "document", document);
    deletion(proof, out);
    line(out, "erased", erased(proof));
    line(out, "head", JsonObject.text(proof, "head"));
    for (Map<String, @Nullable Object> place : JsonObject.objects(proof, "places")) {
      String found = JsonObject.text(place, "found");
      boolean kept = JsonObject.text(place, "kind").equals("kept");
      line(
          out,
          JsonObject.text(place, "place"),
          found + (kept && !found.equals("0") ? "  (kept)" : ""));
      if (!found.equals("0")) {
        out.println("    " + HiddenCharacters.shown(JsonObject.text(place, "about")));
        if (place.get("where") instanceof List<?> where) {
          where.forEach(one -> out.println("    - " + HiddenCharacters.shown("" + one)));
        }
      }
    }
    boolean complete = Boolean.TRUE.equals(proof.get("complete"));
    out.println(complete ? "Complete." : "NOT complete: something is left that should not be.");
    out.flush();
    return complete ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void deletion(Map<String, @Nullable Object> proof, PrintWriter out) {
    if (!(proof.get("deleted") instanceof Map<?, ?>)) {
      line(out, "deleted", "by nobody, as the audit log says");
      return;
    }
    Map<String, @Nullable Object> deleted = JsonObject.object(proof, "deleted");
    line(
        out,
        "deleted",
        JsonObject.text(deleted, "at")
            + " by "
            + JsonObject.text(deleted, "who")
            + " from "
            + JsonObject.text(deleted, "from")
            + ", record "
            + JsonObject.text(deleted, "number")
            + ":"
            + JsonObject.text(deleted, "hash"));
    line(out, "file", JsonObject.text(deleted, "source") + "/" + JsonObject.text(deleted, "path"));
    line(out, "sha256", JsonObject.text(deleted, "sha256"));
  }

  private static String erased(Map<String, @Nullable Object> proof) {
    String at = JsonObject.text(proof, "erased_at");
    String after = JsonObject.text(proof, "erased_after_seconds");
    return at.isEmpty() ? "not yet" : at + (after.isEmpty() ? "" : ", after " + after + " s");
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(String.format("%-14s %s", name, HiddenCharacters.shown(value)));
  }
}

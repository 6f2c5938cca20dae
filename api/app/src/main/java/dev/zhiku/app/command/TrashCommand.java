package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code zhiku trash list}, {@code restore ID} and {@code empty}. */
@Command(
    name = "trash",
    description = "Shows deleted files that are still kept, puts one back, deletes them for good.",
    mixinStandardHelpOptions = true)
final class TrashCommand extends ServiceCommand {
  private static final String ROUTE = "/trash";
  private static final int PART = 500;

  /** The actions on the trash. */
  enum Action {
    /** Shows what is in it. */
    LIST,
    /** Puts a file back. */
    RESTORE,
    /** Deletes one file or all for good. */
    EMPTY;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "list|restore|empty",
      description =
          "list: deleted files that are still kept; restore: puts one back where it lay; empty:"
              + " deletes one, or all of them, for good")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The file, as list shows it")
  private @Nullable String id;

  @Option(
      names = "--as",
      paramLabel = "PATH",
      description = "With restore: another path inside its source")
  private @Nullable String path;

  @Option(names = "--confirm", description = "With empty: they cannot be put back then")
  private boolean confirmed;

  @Override
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    switch (action) {
      case LIST -> list(service, out);
      case RESTORE -> restore(service, out);
      case EMPTY -> empty(service, out);
    }
  }

  private static void list(LocalService service, PrintWriter out) throws InterruptedException {
    String cursor = "";
    do {
      Map<String, @Nullable Object> part =
          service.get(ROUTE + "?limit=" + PART + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      List<Map<String, @Nullable Object>> files = JsonObject.objects(part, "items");
      files.forEach(file -> show(file, out));
      cursor = JsonObject.text(part, "next_cursor");
    } while (!cursor.isEmpty());
  }

  private static void show(Map<String, @Nullable Object> file, PrintWriter out) {
    String source = JsonObject.text(file, "source");
    String by = JsonObject.text(file, "deleted_by");
    out.printf(
        "%s  %s%s%n    deleted %s%s, kept until %s, %s bytes%n",
        JsonObject.text(file, "id"),
        source.isEmpty() ? "" : source + ":",
        JsonObject.text(file, "path"),
        JsonObject.text(file, "deleted_at"),
        by.isEmpty() ? "" : " by " + by,
        JsonObject.text(file, "kept_until"),
        JsonObject.text(file, "bytes"));
  }

  private void restore(LocalService service, PrintWriter out) throws InterruptedException {
    if (id == null) {
      throw new ParameterException(
          commandLine(), "Which one? For example: zhiku trash restore d_0123…");
    }
    String query = path == null ? "" : "?path=" + LocalService.encoded(path);
    Map<String, @Nullable Object> document =
        service.post(ROUTE + "/" + LocalService.encoded(id) + "/restore" + query, Map.of());
    out.printf(
        "Put back: %s:%s, as document %s. It is read now: ./zhiku status --follow%n",
        JsonObject.text(document, "source"),
        JsonObject.text(document, "path"),
        JsonObject.text(document, "id"));
  }

  private void empty(LocalService service, PrintWriter out) throws InterruptedException {
    if (!confirmed) {
      throw new ParameterException(
          commandLine(),
          "What is deleted now cannot be put back. If that is meant: zhiku trash empty "
              + (id == null ? "" : id + " ")
              + "--confirm");
    }
    if (id == null) {
      out.println(
          "Deleted for good: " + JsonObject.text(service.delete(ROUTE), "files") + " files.");
    } else {
      service.delete(ROUTE + "/" + LocalService.encoded(id));
      out.println("Deleted for good: " + id + ".");
    }
  }
}

package dev.zhiku.app.command;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code zhiku reindex}. */
@Command(
    name = "reindex",
    description =
        "Reads files anew though they have not changed: all, those of a source, or a path. They are"
            + " answered from as before until then.",
    mixinStandardHelpOptions = true)
final class ReindexCommand extends ServiceCommand {

  @Option(names = "--source", paramLabel = "NAME", description = "Only files of this source")
  private @Nullable String source;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH",
      description = "A file or a folder inside a source, or its absolute path on this machine")
  private @Nullable String path;

  /** A path inside a source; the whole source where it is empty. */
  private record Place(Optional<String> source, String path) {}

  @Override
  void ask(LocalService service, PrintWriter out) throws InterruptedException {
    Map<String, @Nullable Object> answer =
        service.post("/ingest/reindex" + query(place(service)), Map.of());
    out.printf(Locale.ROOT, "%s files are read anew.%n", answer.get("files"));
    out.printf("queue      %s waiting%n", JsonObject.object(answer, "queue").get("depth"));
  }

  private Place place(LocalService service) throws InterruptedException {
    if (path == null || !Path.of(path).isAbsolute()) {
      return new Place(Optional.ofNullable(source), path == null ? "" : path);
    }
    Path file = Path.of(path).normalize();
    for (Map<String, @Nullable Object> each :
        JsonObject.objects(service.get("/status"), "sources")) {
      String name = JsonObject.text(each, "name");
      Path root = Path.of(JsonObject.text(each, "root"));
      if (file.startsWith(root) && (source == null || source.equals(name))) {
        return new Place(Optional.of(name), root.relativize(file).toString().replace('\\', '/'));
      }
    }
    throw new ParameterException(
        commandLine(), path + " is in no source; ./zhiku source list names them");
  }

  private static String query(Place place) {
    return "?path="
        + encoded(place.path())
        + place.source().map(name -> "&source=" + encoded(name)).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

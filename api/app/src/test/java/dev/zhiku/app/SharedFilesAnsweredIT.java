package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a collection in many formats, dropped into the folder of a running service: what
 * must be found is found through {@code POST /query}, what must fail is listed with its reason.
 * Prints a table by format.
 */
@Tag("soak")
class SharedFilesAnsweredIT {
  private static final Path SHARED =
      ServiceProcess.repository().resolve("../shared/files").normalize();
  private static final Duration REST = Duration.ofMinutes(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();
  private boolean recognizing;

  private static final class Tally {
    private int files;
    private int met;
    private int phrases;
    private int found;
    private int foundAmongAll;
  }

  @Test
  void every_file_is_answered_from_or_listed_with_the_reason_it_must_have() throws Exception {
    Path manifest = SHARED.resolve("manifest.jsonl");
    assumeTrue(Files.isReadable(manifest), "no collection of files at " + manifest);
    List<JsonNode> entries = new ArrayList<>();
    for (String line : Files.readAllLines(manifest)) {
      entries.add(JSON.readTree(line));
    }
    recognizing = Tesseract.find().isPresent();
    for (JsonNode entry : entries) {
      Path file = home.resolve("knowledge").resolve(entry.get("file").asText());
      Files.createDirectories(file.getParent());
      Files.copy(SHARED.resolve(entry.get("file").asText()), file);
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      JsonNode status =
          service.awaitStatus(
              REST,
              s ->
                  s.at("/files/pending").asInt() == 0
                      && s.at("/files/total").asInt() == entries.size());
      entries.forEach(entry -> check(entry, service));
      print(status);
      assertThat(service.isAlive()).isTrue();
      assertThat(temporaryFiles()).isEmpty();
    }
    assertThat(misses).isEmpty();
  }

  private void check(JsonNode entry, ServiceProcess service) {
    String path = entry.get("file").asText();
    JsonNode document = document(path, service);
    Tally tally = tallies.computeIfAbsent(entry.get("ext").asText(), e -> new Tally());
    String expected = entry.get("expect").asText();
    List<String> phrases = phrases(entry);
    long found = phrases.stream().filter(phrase -> finds(phrase, path, service)).count();
    boolean met = meets(expected, document, found == phrases.size());
    for (JsonNode forbidden : entry.path("must_not")) {
      met &= !finds(forbidden.asText(), path, service);
    }
    tally.files++;
    tally.met += met ? 1 : 0;
    if (expected.startsWith("text") || (recognizing && expected.equals("ocr"))) {
      tally.phrases += phrases.size();
      tally.found += (int) found;
      tally.foundAmongAll +=
          (int) phrases.stream().filter(phrase -> finds(phrase, "", service)).count();
    }
    if (!met) {
      misses.add(
          path + ": expected " + expected + ", " + found + " of " + phrases + ", is " + document);
    }
  }

  private boolean meets(String expected, JsonNode document, boolean allFound) {
    String state = document.path("state").asText();
    String code = document.path("reason_code").asText();
    boolean indexed = state.equals("indexed");
    return switch (expected.replaceFirst("[ (].*", "")) {
      case "text" -> indexed && allFound;
      case "text-or-limit" ->
          allFound
              || code.equals("unpack-limit")
              || document.path("notes").toString().contains("first");
      case "error:password" -> code.equals("password-protected");
      case "error:corrupt" -> code.equals("corrupt");
      case "error:empty" -> code.equals("empty-file");
      case "error:no-text" -> code.equals("no-text");
      case "ocr" -> recognizing ? indexed && allFound : code.equals("ocr-not-installed");
      default -> indexed || !(code.isEmpty() || code.startsWith("parse"));
    };
  }

  private static JsonNode document(String path, ServiceProcess service) {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return service.get("/documents?path=" + encoded).body().at("/items/0");
  }

  private static List<String> phrases(JsonNode entry) {
    List<String> phrases = new ArrayList<>();
    entry.path("phrases").forEach(phrase -> phrases.add(phrase.asText()));
    if (phrases.isEmpty() && entry.hasNonNull("phrase_observed_tika_3_2_2")) {
      phrases.add(entry.get("phrase_observed_tika_3_2_2").asText());
    }
    return phrases;
  }

  /**
   * @param path of the only file to look in; empty for all
   */
  private static boolean finds(String phrase, String path, ServiceProcess service) {
    ObjectNode query = JSON.createObjectNode().put("question", phrase).put("mode", "passages");
    query.put("top_k", 20);
    if (!path.isEmpty()) {
      query.putObject("filter").putArray("paths").add(path);
    }
    ServiceProcess.Response response = service.post("/query", query.toString());
    assertThat(response.status()).as("%s", response.body()).isEqualTo(200);
    String wanted = squeezed(phrase);
    for (JsonNode passage : response.body().path("passages")) {
      String said = passage.path("text").asText() + "\n" + passage.path("heading");
      if (squeezed(said).contains(wanted)
          || squeezed(passage.path("entry").asText()).contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("data/tmp"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void print(JsonNode status) {
    System.out.println(
        (recognizing ? "with" : "without") + " text recognition, " + status.get("files"));
    System.out.println("format  files   met  phrases  found  found among all files");
    tallies.forEach(
        (format, t) ->
            System.out.printf(
                "%-7s %5d %5d %8d %6d %6d%n",
                format, t.files, t.met, t.phrases, t.found, t.foundAmongAll));
    misses.forEach(System.out::println);
  }
}

package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files rebuilt from what users of comparable products reported, beside the checkout, and the
 * questions whose right answers were fixed before they were tried. Prints those that do not hold.
 */
class RealCasesIT {
  private static final Path CASES =
      ServiceProcess.repository().resolve("../shared/cases").normalize();

  /** One fewer than held of 62 when it was last raised; raise it with each kind that is mended. */
  private static final int HOLD = 53;

  private static final int LONGEST_ANSWER = 600;
  private static final Pattern ESCAPED_MARK = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+.!|<>~-])");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  @Test
  void answers_hold_the_right_values_and_none_of_the_wrong_ones() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);
    copyFiles();
    List<String> questions = Files.readAllLines(CASES.resolve("questions.tsv"));
    List<String> missed = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      for (String line : questions.subList(1, questions.size())) {
        String[] columns = line.split("\t", -1);
        if (!holds(ask(columns[1], service), columns[1], columns[2])) {
          missed.add(columns[0] + ": " + columns[1]);
        }
      }
    }
    int held = questions.size() - 1 - missed.size();
    System.out.println(held + " of " + (questions.size() - 1) + " hold; not: " + missed);
    assertThat(held).as("not: %s", missed).isGreaterThanOrEqualTo(HOLD);
  }

  private void copyFiles() throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    try (Stream<Path> files = Files.list(CASES.resolve("files"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private static JsonNode ask(String question, ServiceProcess service) {
    String body = JSON.createObjectNode().put("question", question).toString();
    ServiceProcess.Response response = service.post("/query", body);
    assertThat(response.status()).as("%s", response.body()).isEqualTo(200);
    return response.body();
  }

  /**
   * @param wanted {@code a|b}: one of these stands in the answer; {@code NOT x}, alone or behind
   *     it: x does not; {@code HEADING x}: the heading of the first citation holds x
   */
  private static boolean holds(JsonNode answer, String question, String wanted) {
    if (wanted.startsWith("HEADING ")) {
      return answer.at("/citations/0/heading").toString().contains(wanted.substring(8));
    }
    String[] parts = (" " + wanted).split(" NOT ", 2);
    String text = plain(answer.path("answer").asText(""));
    boolean clean = parts.length == 1 || !text.contains(parts[1]);
    return clean && (parts[0].isBlank() || carries(answer, text, question, parts[0].strip()));
  }

  private static boolean carries(JsonNode answer, String text, String question, String wanted) {
    String said = text.replace(question, "");
    boolean verified = false;
    for (JsonNode citation : answer.path("citations")) {
      verified |= citation.path("verified").asBoolean();
    }
    return verified
        && answer.path("status").asText().equals("answered")
        && text.length() <= LONGEST_ANSWER
        && Stream.of(wanted.split("\\|", -1)).anyMatch(said::contains);
  }

  /** Escaped Markdown as it is read. */
  private static String plain(String text) {
    return ESCAPED_MARK.matcher(text).replaceAll("$1").replace("`", "");
  }
}

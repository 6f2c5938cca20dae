package dev.zhiku.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Questions about a folder of small files with the values that their answers must or must not hold,
 * fixed before they were tried. Each line of {@code questions.tsv} is a kind, a question and what
 * is wanted: {@code a|b}, one of these stands in the answer; {@code NOT x}, alone or behind it, x
 * does not; {@code HEADING x}, the heading of the first citation holds x; {@code REFUSED}, there is
 * no answer. A question with an arrow is a conversation: the last of its parts is looked at.
 */
public final class FixedAnswers {
  private static final int LONGEST_ANSWER = 600;
  private static final Pattern ESCAPED_MARK = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+.!|<>~-])");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> missed = new ArrayList<>();
  private final Map<String, int[]> kinds = new TreeMap<>();

  private FixedAnswers() {}

  /**
   * Asks a service of its own all questions of a collection.
   *
   * @param collection holds {@code files} and {@code questions.tsv}
   * @param home of the service, empty
   */
  public static FixedAnswers ask(Path collection, Path home) throws IOException {
    copyFiles(collection.resolve("files"), home);
    FixedAnswers answers = new FixedAnswers();
    List<String> lines = Files.readAllLines(collection.resolve("questions.tsv"));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitRest(ServiceProcess.PATIENCE);
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = line.split("\t", -1);
        List<String> turns = List.of(columns[1].split(" → ", -1));
        JsonNode answer = ask(turns, service);
        answers.count(columns[0], columns[1], holds(answer, turns.getLast(), columns[2]));
      }
    }
    return answers;
  }

  private void count(String kind, String question, boolean held) {
    int[] counts = kinds.computeIfAbsent(kind, k -> new int[2]);
    counts[0] += held ? 1 : 0;
    counts[1]++;
    if (!held) {
      missed.add(kind + ": " + question);
    }
  }

  /** How many hold. */
  public int held() {
    return kinds.values().stream().mapToInt(counts -> counts[0]).sum();
  }

  /** How many of one kind hold. */
  public int held(String kind) {
    return kinds.getOrDefault(kind, new int[2])[0];
  }

  /** The kinds and questions that do not hold. */
  public List<String> missed() {
    return List.copyOf(missed);
  }

  /** How many of each kind hold, as a sentence. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    kinds.forEach((kind, counts) -> text.append(kind + " " + counts[0] + "/" + counts[1] + ", "));
    return text + "not: " + missed;
  }

  private static void copyFiles(Path from, Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  /** The answer to the last of some turns, each asked after the answers to those before it. */
  private static JsonNode ask(List<String> turns, ServiceProcess service) {
    ArrayNode said = JSON.createArrayNode();
    JsonNode answer = JSON.createObjectNode();
    for (String turn : turns) {
      ObjectNode body = JSON.createObjectNode().put("question", turn);
      if (!said.isEmpty()) {
        body.set("conversation", said);
      }
      ServiceProcess.Response response = service.post("/query", body.toString());
      assertThat(response.status()).as("%s", response.body()).isEqualTo(200);
      answer = response.body();
      said.addObject().put("role", "user").put("content", turn);
      said.addObject().put("role", "assistant").put("content", answer.path("answer").asText("-"));
    }
    return answer;
  }

  private static boolean holds(JsonNode answer, String question, String wanted) {
    if (wanted.equals("REFUSED")) {
      return answer.path("status").asText().equals("no_evidence");
    }
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

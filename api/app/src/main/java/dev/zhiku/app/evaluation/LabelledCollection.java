package dev.zhiku.app.evaluation;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Documents with questions and the documents that answer them, as a folder holds them: {@code
 * docs.jsonl}, {@code queries.jsonl}, {@code qrels.tsv}, the originals where the documents name a
 * file, and, if it is there, {@code unanswerable.jsonl}.
 *
 * @param relevant for each question its documents
 * @param unanswerable questions that no document answers
 */
public record LabelledCollection(
    Path folder,
    List<Document> documents,
    List<Query> queries,
    Map<String, Set<String>> relevant,
    List<Query> unanswerable) {
  private static final String DOCUMENTS = "docs.jsonl";
  private static final String UNANSWERABLE = "unanswerable.jsonl";
  private static final JsonMapper JSON = JsonMapper.createDefault();

  public LabelledCollection {
    documents = List.copyOf(documents);
    queries = List.copyOf(queries);
    relevant = Map.copyOf(relevant);
    unanswerable = List.copyOf(unanswerable);
  }

  /**
   * A document.
   *
   * @param file the original inside the folder; empty where the text is all there is
   */
  public record Document(String id, String title, String text, Optional<String> file) {
    /** The name of its file where it has no original; it says nothing of what is in it. */
    public String fileName() {
      return id.replace('/', '-') + ".md";
    }

    /** The whole text under its title. */
    public String markdown() {
      return "# " + title + "\n\n" + text + "\n";
    }
  }

  /**
   * A question.
   *
   * @param answers words of which one stands in a right answer; none where they are not known
   * @param kind by which results are told apart
   */
  public record Query(String id, String text, List<String> answers, String kind) {
    public Query {
      answers = List.copyOf(answers);
    }
  }

  /** Whether a folder holds one. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(DOCUMENTS));
  }

  /**
   * Reads a folder.
   *
   * @throws IllegalArgumentException naming the file that is missing or cannot be understood
   */
  public static LabelledCollection read(Path folder) {
    List<Document> documents =
        lines(folder.resolve(DOCUMENTS)).stream()
            .map(LabelledCollection::json)
            .map(
                node ->
                    new Document(
                        text(node, "id"),
                        text(node, "title"),
                        text(node, "text"),
                        Optional.ofNullable(node.get("file")).map(JsonNode::getStringValue)))
            .toList();
    Path foreign = folder.resolve(UNANSWERABLE);
    return new LabelledCollection(
        folder,
        documents,
        queries(folder.resolve("queries.jsonl"), "answerable"),
        labels(folder.resolve("qrels.tsv")),
        Files.exists(foreign) ? queries(foreign, "unanswerable") : List.of());
  }

  private static List<Query> queries(Path file, String usualKind) {
    return lines(file).stream()
        .map(LabelledCollection::json)
        .map(
            node ->
                new Query(
                    text(node, "id"),
                    text(node, "text"),
                    texts(node, "answers"),
                    node.get("kind") == null ? usualKind : text(node, "kind")))
        .toList();
  }

  /**
   * At most so many questions of each sort, those with an answer before those without, by the paths
   * at which {@link #writeTo} puts the documents.
   *
   * @param seed chooses them; the same for the same seed
   */
  public List<LabelledQuestion> questions(int most, long seed) {
    Map<String, String> paths = new HashMap<>();
    documents.forEach(document -> paths.put(document.id(), path(document)));
    List<LabelledQuestion> questions = new ArrayList<>();
    for (Query query : sample(queries, most, seed)) {
      Set<String> right = new HashSet<>();
      relevant
          .getOrDefault(query.id(), Set.of())
          .forEach(id -> right.add(paths.getOrDefault(id, id)));
      questions.add(
          new LabelledQuestion(query.id(), query.text(), query.kind(), right, query.answers()));
    }
    for (Query query : sample(unanswerable, most, seed)) {
      questions.add(
          new LabelledQuestion(query.id(), query.text(), query.kind(), Set.of(), List.of()));
    }
    return List.copyOf(questions);
  }

  /** Writes the documents into a folder: originals as they are, others as Markdown. */
  public void writeTo(Path target) throws IOException {
    for (Document document : documents) {
      Path file = target.resolve(path(document)).normalize();
      if (!file.startsWith(target.normalize())) {
        throw new IOException(path(document) + " leads out of the folder");
      }
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      if (document.file().isPresent()) {
        Files.copy(folder.resolve(document.file().get()), file);
      } else {
        Files.writeString(file, document.markdown());
      }
    }
  }

  private static String path(Document document) {
    return document.file().orElseGet(document::fileName);
  }

  /** At most so many questions, the same ones for the same seed. */
  public List<Query> sample(int most, long seed) {
    return sample(queries, most, seed);
  }

  private static List<Query> sample(List<Query> queries, int most, long seed) {
    List<Query> shuffled = new ArrayList<>(queries);
    Collections.shuffle(shuffled, new Random(seed));
    return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
  }

  private static Map<String, Set<String>> labels(Path file) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : lines(file).stream().skip(1).toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 3) {
        throw new IllegalArgumentException(file + " has a line without three fields: " + line);
      }
      labels.computeIfAbsent(fields[0], query -> new HashSet<>()).add(fields[1]);
    }
    return labels;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readValue(line, JsonNode.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("a line is not JSON: " + line, e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("a line lacks the text " + name);
    }
    return value.getStringValue();
  }

  private static List<String> texts(JsonNode node, String name) {
    JsonNode values = node.get(name);
    if (values == null || !values.isArray()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    values.values().forEach(value -> texts.add(value.coerceStringValue()));
    return texts;
  }
}

package dev.zhiku.app.evaluation;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Documents with questions and the documents that answer them, as a folder holds them: {@code
 * docs.jsonl}, {@code queries.jsonl}, {@code qrels.tsv}, and the originals where the documents name
 * a file.
 *
 * @param relevant for each question its documents
 */
public record LabelledCollection(
    Path folder, List<Document> documents, List<Query> queries, Map<String, Set<String>> relevant) {
  private static final JsonMapper JSON = JsonMapper.createDefault();

  public LabelledCollection {
    documents = List.copyOf(documents);
    queries = List.copyOf(queries);
    relevant = Map.copyOf(relevant);
  }

  /**
   * A document.
   *
   * @param file the original inside the folder; empty where the text is all there is
   */
  public record Document(String id, String title, String text, Optional<String> file) {}

  /** A question with a document that answers it. */
  public record Query(String id, String text) {}

  /**
   * Reads a folder.
   *
   * @throws IllegalArgumentException naming the file that is missing or cannot be understood
   */
  public static LabelledCollection read(Path folder) {
    List<Document> documents =
        lines(folder.resolve("docs.jsonl")).stream()
            .map(LabelledCollection::json)
            .map(
                node ->
                    new Document(
                        text(node, "id"),
                        text(node, "title"),
                        text(node, "text"),
                        Optional.ofNullable(node.get("file")).map(JsonNode::getStringValue)))
            .toList();
    List<Query> queries =
        lines(folder.resolve("queries.jsonl")).stream()
            .map(LabelledCollection::json)
            .map(node -> new Query(text(node, "id"), text(node, "text")))
            .toList();
    return new LabelledCollection(folder, documents, queries, labels(folder.resolve("qrels.tsv")));
  }

  /** At most so many questions, the same ones for the same seed. */
  public List<Query> sample(int most, long seed) {
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
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("a line lacks the text " + name);
    }
    return value.getStringValue();
  }
}

package dev.zhiku.app.evaluation;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run in a file: a JSON object for each question, one on a line. */
public final class OutcomeFile {
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private OutcomeFile() {}

  /** Writes the file anew. */
  public static void write(Path file, List<Outcome> outcomes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("id", outcome.id());
      fields.put("kind", outcome.kind());
      fields.put("relevant", outcome.relevant().stream().sorted().toList());
      fields.put("ranking", outcome.ranking());
      fields.put("answered", outcome.answered());
      fields.put("hit", outcome.hit().orElse(null));
      lines.add(JSON.writeValueAsString(fields));
    }
    Files.write(file, lines);
  }

  /**
   * @throws IllegalArgumentException naming the line that is not of this form
   */
  public static List<Outcome> read(Path file) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        outcomes.add(outcome(lines.get(i)));
      } catch (IOException | ClassCastException | NullPointerException e) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + " was not written by eval --save", e);
      }
    }
    return List.copyOf(outcomes);
  }

  private static Outcome outcome(String line) throws IOException {
    Map<?, ?> fields = (Map<?, ?>) JSON.readValue(line, Object.class);
    return new Outcome(
        (String) field(fields, "id"),
        (String) field(fields, "kind"),
        Set.copyOf(texts(fields, "relevant")),
        texts(fields, "ranking"),
        (Boolean) field(fields, "answered"),
        Optional.ofNullable((Boolean) fields.get("hit")));
  }

  private static Object field(Map<?, ?> fields, String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }

  private static List<String> texts(Map<?, ?> fields, String name) {
    List<String> texts = new ArrayList<>();
    for (Object text : (List<?>) field(fields, name)) {
      texts.add((String) text);
    }
    return texts;
  }
}

package dev.zhiku.app.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads questions about the documents of a running service from a table: UTF-8, tab-separated, with
 * a heading line. {@code question} must be there; {@code file} is the path of the document that
 * answers (several with {@code |} between them; empty where none does), {@code answer} the words of
 * a right answer (alternatives with {@code |}), {@code kind} and {@code id} are free. Other columns
 * are not looked at.
 */
public final class QuestionTable {
  private static final String QUESTION = "question";
  private static final String BETWEEN = "\\|";

  private QuestionTable() {}

  /**
   * @throws IllegalArgumentException naming the line that cannot be understood
   * @throws IOException if the file cannot be read
   */
  public static List<LabelledQuestion> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> columns = lines.isEmpty() ? List.of() : fields(lines.getFirst());
    if (!columns.contains(QUESTION)) {
      throw new IllegalArgumentException(
          file + ", line 1: no column " + QUESTION + " in a heading line with tabs between names");
    }
    List<LabelledQuestion> questions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      LabelledQuestion question = question(columns, fields(lines.get(i)), i + 1);
      if (question.text().isBlank()) {
        throw new IllegalArgumentException(file + ", line " + (i + 1) + ": no question");
      }
      if (!ids.add(question.id())) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + ": the id " + question.id() + " stands there twice");
      }
      questions.add(question);
    }
    return List.copyOf(questions);
  }

  private static List<String> fields(String line) {
    return Arrays.stream(line.split("\t", -1)).map(String::strip).toList();
  }

  private static LabelledQuestion question(List<String> columns, List<String> row, int line) {
    Set<String> files = Set.copyOf(alternatives(field(columns, row, "file")));
    String id = field(columns, row, "id");
    String kind = field(columns, row, "kind");
    return new LabelledQuestion(
        id.isEmpty() ? "line " + line : id,
        field(columns, row, QUESTION),
        kind.isEmpty() ? "all" : kind,
        files,
        files.isEmpty() ? List.of() : alternatives(field(columns, row, "answer")));
  }

  private static List<String> alternatives(String field) {
    return Arrays.stream(field.split(BETWEEN))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .distinct()
        .toList();
  }

  private static String field(List<String> columns, List<String> row, String name) {
    int column = columns.indexOf(name);
    return column < 0 || column >= row.size() ? "" : row.get(column);
  }
}

package dev.zhiku.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code questions.tsv}.
 *
 * @param file path below the corpus, empty when the question has no answer there
 * @param page counted from 1, empty when the format has no pages
 * @param location where in the file the answer stands, for people to read; {@code -} when there is
 *     nothing to say
 */
record LabelledQuestion(
    String id,
    String question,
    String file,
    String page,
    String answer,
    String kind,
    String location) {
  static final String HEADER = "id\tquestion\tfile\tpage\tanswer\tkind\tlocation";

  /**
   * @throws IllegalArgumentException naming the first line that does not have seven columns
   */
  static List<LabelledQuestion> readAll(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (!lines.get(0).equals(HEADER)) {
        throw new IllegalArgumentException(file + " must begin with the line " + HEADER);
      }
      return lines.stream().skip(1).map(LabelledQuestion::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code zh} or {@code en}. */
  String language() {
    return id.substring(0, id.indexOf('-'));
  }

  boolean answerable() {
    return !kind.equals("unanswerable");
  }

  /** Whether the words that answer stand in the text, white space aside. */
  boolean answerStandsIn(String text) {
    return BareText.contains(text, answer);
  }

  private static LabelledQuestion of(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 7) {
      throw new IllegalArgumentException(
          "seven columns expected, found %d in: %s".formatted(columns.length, line));
    }
    return new LabelledQuestion(
        columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6]);
  }
}

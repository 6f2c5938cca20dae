package dev.zhiku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the corpus and its questions promise to everything that measures with them. */
class QuestionsTest {
  private static final Path CORPUS = Path.of("corpus");
  private static final Set<String> READABLE_AS_TEXT = Set.of("md", "html", "csv");

  private final List<LabelledQuestion> questions =
      LabelledQuestion.readAll(Path.of("questions.tsv"));

  @Test
  void the_corpus_has_at_least_26_files_in_10_formats() throws IOException {
    List<Path> files = corpusFiles();
    assertThat(files).hasSizeGreaterThanOrEqualTo(26);
    assertThat(files.stream().map(QuestionsTest::format).collect(Collectors.toSet()))
        .hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void at_least_60_questions_have_an_answer_and_10_have_none() {
    assertThat(questions).filteredOn(LabelledQuestion::answerable).hasSizeGreaterThanOrEqualTo(60);
    assertThat(questions)
        .filteredOn(Predicate.not(LabelledQuestion::answerable))
        .hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void ids_and_questions_are_unique() {
    assertThat(questions).extracting(LabelledQuestion::id).doesNotHaveDuplicates();
    assertThat(questions).extracting(LabelledQuestion::question).doesNotHaveDuplicates();
  }

  @Test
  void every_answerable_question_names_a_file_of_the_corpus_an_answer_and_a_location() {
    assertThat(questions)
        .filteredOn(LabelledQuestion::answerable)
        .allSatisfy(
            question -> {
              assertThat(CORPUS.resolve(question.file())).isRegularFile();
              assertThat(question.answer()).isNotBlank();
              assertThat(question.location()).isNotBlank();
              assertThat(question.page().isEmpty()).isNotEqualTo(question.file().endsWith(".pdf"));
            });
  }

  @Test
  void every_file_of_the_corpus_is_asked_about() throws IOException {
    Set<String> asked = questions.stream().map(LabelledQuestion::file).collect(Collectors.toSet());
    assertThat(corpusFiles())
        .allSatisfy(
            file -> assertThat(CORPUS.relativize(file).toString().replace('\\', '/')).isIn(asked));
  }

  @Test
  void an_unanswerable_question_names_no_file_and_no_answer() {
    assertThat(questions)
        .filteredOn(Predicate.not(LabelledQuestion::answerable))
        .allSatisfy(
            question ->
                assertThat(question.file() + question.page() + question.answer()).isEmpty());
  }

  @Test
  void an_answer_stands_word_for_word_in_its_file_where_the_file_is_plain_text() {
    assertThat(questions)
        .filteredOn(question -> READABLE_AS_TEXT.contains(format(Path.of(question.file()))))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            question ->
                assertThat(CORPUS.resolve(question.file())).content().contains(question.answer()));
  }

  private static List<Path> corpusFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String format(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}

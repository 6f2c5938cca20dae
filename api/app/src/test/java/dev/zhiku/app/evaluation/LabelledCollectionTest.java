package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCollectionTest {
  @Test
  void a_line_that_is_not_json_is_named(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("docs.jsonl"), "{\"id\": \"a\"");

    assertThatThrownBy(() -> LabelledCollection.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a line is not JSON: {\"id\": \"a\"");
  }

  @Test
  void the_collection_of_questions_in_another_language_has_fifty_each_way() throws Exception {
    Path documents =
        Path.of(
            Objects.requireNonNull(
                    LabelledCollectionTest.class.getResource("cross-language/docs.jsonl"))
                .toURI());
    LabelledCollection collection = LabelledCollection.read(documents.resolveSibling("."));
    Map<String, Language> languages =
        collection.documents().stream()
            .collect(
                Collectors.toMap(
                    LabelledCollection.Document::id, document -> Language.of(document.text())));

    List<LabelledQuestion> questions = collection.questions(500, 42);

    assertThat(questions).hasSize(100);
    for (LabelledQuestion question : questions) {
      String document = question.documents().iterator().next().replace(".md", "");
      boolean chinese = question.kind().equals("chinese-on-english");
      assertThat(question.kind()).isIn("chinese-on-english", "english-on-chinese");
      assertThat(Language.of(question.text()))
          .as(question.text())
          .isEqualTo(chinese ? Language.CHINESE : Language.ENGLISH);
      assertThat(languages.get(document))
          .as(document)
          .isEqualTo(chinese ? Language.ENGLISH : Language.CHINESE);
    }
    assertThat(questions.stream().filter(q -> q.kind().equals("chinese-on-english"))).hasSize(50);
  }
}

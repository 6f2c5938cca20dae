package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}

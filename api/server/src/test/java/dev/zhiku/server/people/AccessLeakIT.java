package dev.zhiku.server.people;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link AccessLeakTest} with as many documents and requests as are promised. */
class AccessLeakIT {
  private static final int DOCUMENTS = 2_000;

  @Tag("long")
  @Tag("seeds")
  @Test
  void nothing_of_a_hidden_document_is_in_any_of_twenty_thousand_answers(@TempDir Path folder)
      throws Exception {
    AccessLeakTest.run(folder, DOCUMENTS, 20_000);
  }

  @Tag("soak")
  @Test
  void nothing_of_a_hidden_document_is_in_any_of_two_hundred_thousand_answers(@TempDir Path folder)
      throws Exception {
    AccessLeakTest.run(folder, DOCUMENTS, 200_000);
  }
}

package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.source.FolderSurvey.Format;
import dev.zhiku.ingest.source.FolderSurvey.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSurveyTest {
  @TempDir private Path folder;

  private void file(String path, int bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  @Test
  void every_file_is_in_one_place_by_the_rules_of_a_source() throws Exception {
    file("a.PDF", 100);
    file("deep/below/b.pdf", 50);
    file("notes", 7);
    file("name.with.averylongending", 3);
    file("empty.txt", 0);
    file("huge.bin", 2_000);
    file(".hidden.txt", 5);
    file("~$lock.docx", 5);
    Files.createSymbolicLink(folder.resolve("link.pdf"), Path.of("/etc/passwd"));

    FolderSurvey survey = FolderSurvey.of(folder, 1_000, 1);

    assertThat(survey.formats()).containsOnlyKeys(".pdf", "");
    Format pdf = Objects.requireNonNull(survey.formats().get(".pdf"));
    assertThat(pdf.tally()).isEqualTo(new Tally(2, 150));
    assertThat(pdf.samples()).containsExactlyInAnyOrder("a.PDF", "deep/below/b.pdf");
    assertThat(Objects.requireNonNull(survey.formats().get("")).tally())
        .isEqualTo(new Tally(2, 10));
    assertThat(survey.refused())
        .containsOnlyKeys(
            ReasonCode.EMPTY_FILE,
            ReasonCode.FILE_TOO_LARGE,
            ReasonCode.HIDDEN,
            ReasonCode.LINK_OUTSIDE_SOURCE)
        .containsEntry(ReasonCode.FILE_TOO_LARGE, new Tally(1, 2_000));
    assertThat(survey.ignored()).isEqualTo(1);
  }

  @Test
  void a_few_samples_of_each_format_are_taken_and_the_same_seed_takes_the_same() throws Exception {
    for (int i = 0; i < 100; i++) {
      file("f" + i + ".txt", 10);
    }

    FolderSurvey survey = FolderSurvey.of(folder, 1_000, 42);

    Format text = Objects.requireNonNull(survey.formats().get(".txt"));
    assertThat(text.tally().files()).isEqualTo(100);
    assertThat(text.samples()).hasSize(FolderSurvey.SAMPLES).doesNotHaveDuplicates();
    assertThat(FolderSurvey.of(folder, 1_000, 42)).isEqualTo(survey);
  }

  @Test
  void what_is_no_folder_is_refused_by_its_name() {
    assertThatThrownBy(() -> FolderSurvey.of(folder.resolve("none"), 1_000, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}

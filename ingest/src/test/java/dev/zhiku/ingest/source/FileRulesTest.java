package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "~$合同.docx",
        ".~lock.table.ods#",
        "a.txt.swp",
        "x.TMP",
        "film.part",
        "a.crdownload",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "notes.txt~",
        "._photo.jpg",
        "#draft#",
        ".#draft",
        ".goutputstream-AB12",
        ".zhiku-staging",
        "$RECYCLE.BIN"
      })
  void temporary_and_system_files_do_not_count(String name) {
    assertThat(FileRules.temporary(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"合同.docx", "part.txt", "tmp.md", "desktop.ini.txt", "~notes.txt", "a.parts"})
  void ordinary_names_count(String name) {
    assertThat(FileRules.temporary(name)).isFalse();
  }

  @Test
  void a_glob_without_a_slash_means_names_and_one_with_it_paths() {
    FileRules rules = new FileRules(List.of("*.md", "docs/**"), List.of("draft*", "docs/old/**"));
    assertThat(rules.excludesFile(Path.of("a/b.md"))).isFalse();
    assertThat(rules.excludesFile(Path.of("docs/x.pdf"))).isFalse();
    assertThat(rules.excludesFile(Path.of("x.pdf"))).isTrue();
    assertThat(rules.excludesFile(Path.of("a/draft1.md"))).isTrue();
    assertThat(rules.excludesFile(Path.of("docs/old/x.md"))).isTrue();
  }

  @Test
  void a_broken_glob_is_refused_with_its_source() {
    assertThatThrownBy(() -> FileRules.check("share", List.of("{a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share")
        .hasMessageContaining("{a");
  }

  @Test
  void names_that_cannot_be_shown_are_refused_with_the_cause() {
    assertThat(FileRules.unusable(Path.of("a\nb.txt"), "a\nb.txt"))
        .contains(new Reason(ReasonCode.UNUSABLE_NAME, "control characters"));
    assertThat(FileRules.unusable(Path.of("\uD83D\uDE80 报告.txt"), "\uD83D\uDE80 报告.txt")).isEmpty();
    String deep = "d/".repeat(1_000) + "x.txt";
    assertThat(FileRules.unusable(Path.of(deep), deep)).isPresent();
  }
}

package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0085b.txt",
        "a\u009b31m.txt",
        "x\u202egnp.exe",
        "zero\u200bwidth.txt",
        "joiner\u200d.txt",
        "bom\ufeff.txt",
        "line\u2028separator.txt",
        "paragraph\u2029.txt",
        "soft\u00adhyphen.txt",
        "tag\udb40\udc41.txt",
        "NUL .txt",
        "nul",
        "con .txt",
        "con\u00a0.txt",
        "clock$",
        "Clock$.txt",
        "com1 .log",
        "q%01q.txt",
        "q%2501q.txt",
        "folder\u202e/file.txt",
        "x…0123456789abcdef…y"
      })
  void a_name_that_hides_something_or_is_taken_on_some_system_is_refused(String path) {
    assertThatThrownBy(() -> UploadPath.parse(path))
        .isInstanceOf(SourceFileException.OutsideSource.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👩‍👩‍👧‍👦 family.txt",
        "می‌خواهم.txt",
        "年假制度.txt",
        "100%.txt",
        "%41.txt",
        "report%20final.txt",
        "control.txt",
        "clock.txt",
        "console .txt",
        "null.txt"
      })
  void an_ordinary_name_is_taken(String path) {
    assertThat(UploadPath.parse(path).parts()).containsExactly(path);
  }

  @Test
  void hidden_characters_are_shown_as_json_escapes_them() {
    assertThat(HiddenCharacters.shown("a\u001b[31mred\u0007\u0085\u2028\u202e\udb40\udc41年"))
        .isEqualTo("a\\u001b[31mred\\u0007\\u0085\\u2028\\u202e\\udb40\\udc41年");
    assertThat(HiddenCharacters.shown("one\r\ntwo")).isEqualTo("one\\u000d\\u000atwo");
    assertThat(HiddenCharacters.shownLines("one\n\ttwo\u001b[2J"))
        .isEqualTo("one\n\ttwo\\u001b[2J");
  }
}

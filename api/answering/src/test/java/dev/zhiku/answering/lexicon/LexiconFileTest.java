package dev.zhiku.answering.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconFileTest {
  @TempDir Path folder;

  @Test
  void without_the_file_the_words_of_the_language_count() {
    LexiconFile file = file();

    assertThat(file.get()).isSameAs(Lexicon.ofLanguage());
    assertThat(file.problems()).isEmpty();
  }

  @Test
  void a_change_counts_at_once_and_so_does_the_end_of_the_file() throws IOException {
    LexiconFile file = file();
    write("星桥 = SB-200\n", 1);
    assertThat(file.get().widened("星桥怎么接线")).isEqualTo("星桥怎么接线\nsb-200");

    write("星桥 = SB-300\n", 2);
    assertThat(file.get().widened("星桥怎么接线")).contains("sb-300").doesNotContain("sb-200");

    Files.delete(path());
    assertThat(file.get().widened("星桥怎么接线")).isEqualTo("星桥怎么接线");
  }

  @Test
  void lines_that_cannot_be_used_are_named_by_number_and_the_others_count() throws IOException {
    LexiconFile file = file();
    write(
        "# own words\n星桥 = SB-200\n星桥 =\nx = y\n重复 = 重复\n" + "很长的词 = " + "长".repeat(65) + "\n云枢\n",
        1);

    assertThat(file.get().widened("SB-200 manual")).contains("星桥");
    assertThat(file.get().dictionary()).containsExactly("云枢");
    assertThat(file.problems().stream().map(problem -> problem.in(Locale.ENGLISH)))
        .satisfiesExactly(
            problem -> assertThat(problem).contains("3", "empty"),
            problem -> assertThat(problem).contains("4", "fewer"),
            problem -> assertThat(problem).contains("5", "twice"),
            problem -> assertThat(problem).contains("6", "64"));
  }

  @Test
  void a_file_that_is_not_utf8_or_too_large_leaves_the_words_as_they_were() throws IOException {
    LexiconFile file = file();
    write("星桥 = SB-200\n", 1);
    file.get();

    Files.write(path(), "星桥 = SB-300\n".getBytes(Charset.forName("GB18030")));
    touch(2);
    assertThat(file.get().widened("星桥")).contains("sb-200");
    assertThat(file.problems()).hasSize(1);

    write("#".repeat(1_048_577), 3);
    assertThat(file.get().widened("星桥")).contains("sb-200");
    assertThat(file.problems()).hasSize(1);
  }

  @Test
  void lines_beyond_the_limit_are_left_out_and_said() throws IOException {
    LexiconFile file = file();
    write("云枢\n".repeat(LexiconLines.MOST_LINES) + "星桥 = SB-200\n", 1);

    assertThat(file.get().widened("星桥")).isEqualTo("星桥");
    assertThat(file.problems().getFirst().in(Locale.ENGLISH)).contains("10001");
  }

  private LexiconFile file() {
    return new LexiconFile(path());
  }

  private Path path() {
    return folder.resolve("words.txt");
  }

  private void write(String text, int second) throws IOException {
    Files.writeString(path(), text);
    touch(second);
  }

  private void touch(int second) throws IOException {
    Files.setLastModifiedTime(path(), FileTime.fromMillis(second * 1_000L));
    assertThat(List.of(path())).allMatch(Files::exists);
  }
}

package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationFormsTest {
  @ParameterizedTest
  @CsvSource({
    "One [1] two [2] nine [9].,One [1] two [2] nine.",
    "[0][1][02][1234567],[1][2]",
    "[a] [1 x] [],[a] [1 x] []",
    "end [,end [",
    "end [12345678901234,end [12345678901234",
    "a <,a <",
    "'ends with space ','ends with space '",
  })
  void whatever_the_pieces_the_text_is_the_same(String written, String safe) {
    assertThat(inPieces(written, written.length())).isEqualTo(safe);
    for (int size = 1; size <= 3; size++) {
      assertThat(inPieces(written, size)).as("pieces of %d", size).isEqualTo(safe);
    }
  }

  @Test
  void plain_words_are_not_held_back() {
    StringBuilder out = new StringBuilder();

    new CitationForms(3, out::append).add("plain");

    assertThat(out.toString()).isEqualTo("plain");
  }

  @ParameterizedTest
  @CsvSource({
    "案号为榆检[2024]第317号 [1],案号为榆检[2024]第317号 [1]",
    "付款[36]万元 [7],付款[36]万元",
  })
  void a_number_in_brackets_that_a_passage_holds_stays(String written, String safe) {
    DocumentMeta document = new Library().add("a.txt", "案号：榆检[2024]第317号，付款[36]万元");
    Passage passage =
        new Passage(
            new PassageId(document.id(), 0),
            "案号：榆检[2024]第317号，付款[36]万元",
            Location.whole(List.of()));
    StringBuilder out = new StringBuilder();
    CitationForms sanitizer =
        CitationForms.ofAnswer(List.of(new ScoredPassage(passage, document, 1, 1, 1)), out::append);

    written.chars().forEach(c -> sanitizer.add(String.valueOf((char) c)));
    sanitizer.end();

    assertThat(out.toString()).isEqualTo(safe);
  }

  private static String inPieces(String text, int size) {
    StringBuilder out = new StringBuilder();
    CitationForms safe = new CitationForms(2, out::append);
    for (int at = 0; at < text.length(); at += size) {
      safe.add(text.substring(at, Math.min(text.length(), at + size)));
    }
    safe.end();
    return out.toString();
  }
}

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
    "a [citation:1][citation:2] b [citation:9].,a [1][2] b.",
    "a [Citation: 2],a [2]",
    "a [^2] b [^7],a [2] b",
    "甲【1】乙【2†来源】丙【2024】,甲[1]乙[2]丙【2024】",
    "'a [1, 2]','a [1][2]'",
    "a [1，2]、[1、2],a [1][2]、[1][2]",
    "a [1-2] [1–2] b,a [1][2] [1][2] b",
    "'a [1, 9] [0-9] [2-1]','a [1, 9] [0-9] [2-1]'",
    "'[citation:1, citation:2]','[1][2]'",
    "（二） and (2),（二） and (2)",
    "`a[9]` a [9],`a[9]` a",
    "[citation needed] [see 1],[citation needed] [see 1]",
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
  void code_between_fences_stays_as_it_is() {
    assertThat(inPieces("```\na[9] [1, 2]\n```\n[9][2]", 1))
        .isEqualTo("```\na[9] [1, 2]\n```\n[2]");
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
        CitationForms.ofAnswer(
            List.of(new ScoredPassage(passage, document, 1, 1, 1)), List.of(1), out::append);

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

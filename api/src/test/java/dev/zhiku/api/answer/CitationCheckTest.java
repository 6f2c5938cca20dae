package dev.zhiku.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.api.search.Found;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CitationCheckTest {
  private final Library library = new Library();

  @Test
  void a_quote_that_stands_in_its_passage_is_verified() {
    CitationCheck.Checked checked =
        check("Wear goggles\nat all times. [1]", "Rules. Wear goggles at all times.");

    assertThat(checked.citations())
        .singleElement()
        .satisfies(c -> assertThat(c.quote()).isEqualTo("at all times."))
        .satisfies(c -> assertThat(c.verified()).isTrue());
  }

  @Test
  void an_altered_figure_is_not_verified_and_shows_what_the_passage_says() {
    Citation citation =
        check("Leave is 25 days. [1]", "Ask early. Leave is 15 days.").citations().getFirst();

    assertThat(citation.verified()).isFalse();
    assertThat(citation.quote()).isEqualTo("Leave is 15 days.");
  }

  @Test
  void a_number_that_was_not_retrieved_is_taken_out() {
    CitationCheck.Checked checked = check("True. [9] Also [0] true [999999999].", "True.");

    assertThat(checked.answer()).isEqualTo("True. Also true.");
    assertThat(checked.citations()).isEmpty();
  }

  @Test
  void two_marks_at_one_statement_are_both_held_to_it() {
    CitationCheck.Checked checked = check("One. [1][2]", "One.", "Two.");

    assertThat(checked.citations()).extracting(Citation::number).containsExactly(1, 2);
    assertThat(checked.citations()).extracting(Citation::verified).containsExactly(true, false);
  }

  @Test
  void an_empty_statement_is_never_verified() {
    assertThat(check("[1]", "Text.").citations().getFirst().verified()).isFalse();
  }

  private CitationCheck.Checked check(String answer, String... texts) {
    DocumentMeta document = library.add("a.txt", texts);
    List<Found> found =
        List.of(texts).stream()
            .map(
                text ->
                    new Found(
                        new Passage(
                            new PassageId(document.id(), List.of(texts).indexOf(text)),
                            text,
                            Location.whole(List.of())),
                        document,
                        1,
                        1,
                        1))
            .toList();
    return CitationCheck.check(answer, found);
  }
}

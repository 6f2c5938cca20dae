package dev.zhiku.answering.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageLayoutTest {
  private static final int ENOUGH = 10_000;

  private final Library library = new Library();
  private final DocumentMeta manual = library.add("pumps/manual.md", "a");
  private final DocumentMeta plan = library.add("plan.pdf", "b");
  private final DocumentMeta list = library.add("list.txt", "c");

  private static ScoredPassage passage(
      DocumentMeta document, int ordinal, double score, Location place, String text) {
    Passage passage = new Passage(new PassageId(document.id(), ordinal), text, place);
    return new ScoredPassage(passage, document, score, score, score);
  }

  private static ScoredPassage passage(
      DocumentMeta document, int ordinal, double score, String text) {
    return passage(document, ordinal, score, Location.whole(List.of("Care", "Oil")), text);
  }

  private static PassageLayout laidOut(int room, ScoredPassage... found) {
    return PassageLayout.of(List.of(found), List.of(), room, placed -> placed.text().length());
  }

  private static List<Integer> numbers(PassageLayout layout) {
    return layout.passages().stream().map(Placed::number).toList();
  }

  @Test
  void the_best_stands_first_and_the_second_best_last() {
    PassageLayout layout =
        laidOut(
            ENOUGH,
            passage(manual, 0, .9, "Oil is filled in every month."),
            passage(plan, 4, .8, "The pump was bought second-hand."),
            passage(list, 9, .7, "Spare parts lie in the cellar."),
            passage(list, 2, .6, "Nobody may open the valve alone."));

    assertThat(numbers(layout)).containsExactly(1, 3, 4, 2);
  }

  @Test
  void neighbours_of_one_document_stand_in_its_order_and_say_what_both_hold_once() {
    PassageLayout layout =
        laidOut(
            ENOUGH,
            passage(manual, 7, .9, "It takes two litres. Then close the cap by hand."),
            passage(plan, 4, .8, "The pump was bought second-hand."),
            passage(manual, 6, .7, "Open the cap and fill in oil. It takes two litres."));

    assertThat(numbers(layout)).containsExactly(3, 1, 2);
    assertThat(layout.passages().get(1).goesOn()).isTrue();
    assertThat(layout.passages().get(1).text()).isEqualTo("Then close the cap by hand.");
    assertThat(layout.passages().get(1).label()).as("under the same headings").isEmpty();
    assertThat(layout.passages().get(2).goesOn()).isFalse();
  }

  @Test
  void each_stands_under_its_file_headings_page_and_date() {
    PassageLayout layout =
        laidOut(
            ENOUGH,
            passage(manual, 0, .9, "Oil is filled in every month."),
            passage(plan, 4, .8, Location.page(3, List.of()), "The pump was bought second-hand."));

    assertThat(layout.passages())
        .extracting(Placed::label)
        .containsExactly("manual.md › Care › Oil (2026-05-01)", "plan.pdf, p. 3 (2026-05-01)");
  }

  @Test
  void what_a_better_one_holds_is_left_out_unless_it_names_another_figure() {
    String rule = "Whoever works on the pump has to shut the valve before it is opened";
    PassageLayout layout =
        laidOut(
            ENOUGH,
            passage(manual, 0, .9, rule + " and to wear gloves. It is checked in 2 steps."),
            passage(plan, 4, .8, rule + "."),
            passage(list, 9, .7, rule + " and to wear gloves. It is checked in 3 steps."));

    assertThat(numbers(layout)).containsExactlyInAnyOrder(1, 3);
    assertThat(layout.repeated()).containsExactly(2);
    assertThat(layout.withoutRoom()).isEmpty();
  }

  @Test
  void each_document_that_competes_gets_its_best_in_before_a_second_of_another() {
    PassageLayout layout =
        laidOut(
            60,
            passage(manual, 0, .9, "Oil is filled in every month."),
            passage(manual, 5, .8, "Water is filled in each week."),
            passage(plan, 4, .7, "It was bought second-hand."),
            passage(list, 9, .1, "Lunch."));

    assertThat(numbers(layout)).containsExactly(1, 3);
    assertThat(layout.withoutRoom()).containsExactly(2, 4);
  }

  @Test
  void nothing_fits_where_the_best_does_not() {
    PassageLayout layout =
        laidOut(
            20,
            passage(manual, 0, .9, "Oil is filled in every month."),
            passage(list, 9, .1, "Lunch."));

    assertThat(layout.passages()).isEmpty();
    assertThat(layout.withoutRoom()).containsExactly(1, 2);
  }

  @Test
  void what_the_prompt_before_began_with_stays_in_front_and_the_best_of_the_rest_is_last() {
    ScoredPassage oil = passage(manual, 0, .4, "Oil is filled in every month.");
    ScoredPassage bought = passage(plan, 4, .5, "The pump was bought second-hand.");
    ScoredPassage parts = passage(list, 9, .6, "Spare parts lie in the cellar.");
    ScoredPassage valve = passage(list, 2, .9, "Nobody may open the valve alone.");
    PassageId gone = new PassageId(plan.id(), 0);
    List<PassageId> before =
        List.of(oil.passage().id(), bought.passage().id(), gone, valve.passage().id());

    PassageLayout layout =
        PassageLayout.of(
            List.of(valve, parts, bought, oil), before, ENOUGH, placed -> placed.text().length());

    assertThat(numbers(layout)).containsExactly(4, 3, 2, 1);
  }
}

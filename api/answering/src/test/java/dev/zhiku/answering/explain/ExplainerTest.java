package dev.zhiku.answering.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.explain.Explanation.Word;
import dev.zhiku.answering.search.DocumentTrace;
import dev.zhiku.answering.search.DocumentTrace.Fate;
import dev.zhiku.answering.search.DocumentTrace.Meaning;
import dev.zhiku.answering.search.DocumentTrace.Standing;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.Language;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What became of a document in a small library. */
class ExplainerTest {
  /** A model of each language, neither of which knows the other. */
  private static final Embedders ONE_EACH =
      new Embedders(
          Map.of(
              Language.CHINESE,
              new HashingEmbedder(128),
              Language.ENGLISH,
              new HashingEmbedder(256)));

  private static final int FEW = 20;

  private final Library library = new Library(ONE_EACH);
  private final DocumentMeta pump =
      library.add("pump.txt", "The cooling pump needs oil every month.");

  private Explanation explain(String question, DocumentMeta document) throws InterruptedException {
    return explain(question, document.id(), false);
  }

  private Explanation explain(String question, DocumentId document, boolean reads)
      throws InterruptedException {
    Retriever retriever =
        new Retriever(library.index, library.embedders, new SearchConfig(6, FEW), new Semaphore(1));
    return new Explainer(retriever, () -> reads).explain(question, Scope.LOCAL, 6, document);
  }

  private static Standing best(Explanation explanation) {
    return explanation.trace().map(DocumentTrace::standings).orElseThrow().getFirst();
  }

  @Test
  void a_document_that_answers_is_used_with_its_place_in_every_list() throws Exception {
    library.add("lease.txt", "The rent is paid on the first day of the month.");

    Explanation why = explain("Please tell me what does the cooling pump need?", pump);

    assertThat(why.outcome()).isEqualTo(Outcome.USED);
    Standing best = best(why);
    assertThat(best.words().orElseThrow().rank()).isEqualTo(1);
    assertThat(best.vectors().orElseThrow().rank()).isEqualTo(1);
    assertThat(best.fused().orElseThrow().rank()).isEqualTo(1);
    assertThat(best.fate()).isEqualTo(Fate.GIVEN);
    assertThat(best.meaning()).isEqualTo(Meaning.SEARCHED);
    assertThat(why.trace().orElseThrow().query().text())
        .as("without its frame")
        .doesNotContain("tell me");
    assertThat(why.words()).filteredOn(Word::held).extracting(Word::text).contains("pump", "cool");
    assertThat(why.judgement().orElseThrow().supported()).isTrue();
  }

  @Test
  void a_found_document_is_refused_where_the_form_asked_for_is_not_there() throws Exception {
    Explanation why = explain("What is the price of the cooling pump oil?", pump);

    assertThat(why.outcome()).isEqualTo(Outcome.FORM_NOWHERE);
    assertThat(why.judgement().orElseThrow().form().orElseThrow().name()).isEqualTo("money");
    assertThat(why.judgement().orElseThrow().form().orElseThrow().held()).isFalse();
    assertThat(why.sentence().in(Locale.ENGLISH)).contains("money");
    assertThat(explain("What is the price of the cooling pump oil?", pump.id(), true).outcome())
        .as("a model that reads may decline by itself")
        .isEqualTo(Outcome.USED);
  }

  @Test
  void a_found_document_is_refused_where_words_and_meaning_are_too_little() throws Exception {
    Explanation why = explain("Which restaurant serves a pump shaped cake?", pump);

    assertThat(why.outcome()).isEqualTo(Outcome.TOO_LITTLE);
    assertThat(why.judgement().orElseThrow().figures().score().orElseThrow())
        .isLessThan(why.judgement().orElseThrow().figures().threshold());
    assertThat(why.words()).extracting(Word::held).contains(true, false);
    assertThat(why.judgement().orElseThrow().supported()).isFalse();
  }

  @Test
  void a_document_that_the_index_does_not_hold_cannot_be_found() throws Exception {
    Explanation why = explain("What does the cooling pump need?", DocumentId.random(), false);

    assertThat(why.outcome()).isEqualTo(Outcome.NOT_INDEXED);
    assertThat(why.trace().orElseThrow().stored()).isZero();
  }

  @Test
  void a_document_in_another_language_is_told_from_one_that_is_not_near() throws Exception {
    for (int i = 0; i < 3 * FEW; i++) {
      library.add("log" + i + ".txt", "Entry " + i + " of the log names visitor " + i + ".");
      library.add("通知" + i + ".txt", "第" + i + "号通知：食堂星期" + i + "开门。");
    }
    DocumentMeta canteen = library.add("食堂.txt", "炊事班负责打扫。");
    DocumentMeta cat = library.add("cat.txt", "Cats sleep.");

    assertThat(best(explain("食堂星期几开门？", canteen)).meaning()).isEqualTo(Meaning.SEARCHED);
    Explanation own = explain("Which log entry names a visitor?", cat);
    assertThat(own.outcome()).isEqualTo(Outcome.UNRANKED);
    assertThat(own.sentence().in(Locale.ENGLISH)).contains("first " + FEW);
    Explanation across = explain("食堂星期几开门？", cat);
    assertThat(best(across).meaning()).isEqualTo(Meaning.OTHER_LANGUAGE);
    assertThat(best(across).words()).isEmpty();
    assertThat(across.outcome()).isEqualTo(Outcome.OTHER_LANGUAGE);
  }

  @Test
  void a_copy_is_folded_into_the_one_that_stands_for_it() throws Exception {
    DocumentMeta copy = library.add("copy.txt", "The cooling pump needs oil every month.");

    Explanation one = explain("What does the cooling pump need?", pump);
    Explanation other = explain("What does the cooling pump need?", copy);

    boolean first = one.outcome() == Outcome.DUPLICATE;
    Explanation folded = first ? one : other;
    String kept = first ? "copy.txt" : "pump.txt";
    assertThat(folded.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(folded.sentence().in(Locale.ENGLISH)).contains(kept);
  }

  @Test
  void a_document_holds_back_what_is_beyond_its_share() throws Exception {
    DocumentMeta manual =
        library.add(
            "manual.txt",
            "The boiler valve opens at noon in the north hall.",
            "The boiler valve closes after lunch by hand.",
            "The boiler valve was painted green by Otto.");
    for (int i = 0; i < 8; i++) {
      library.add("note" + i + ".txt", "Note " + "xyzuvwqk".charAt(i) + ": boiler valve seen " + i);
    }

    Explanation why = explain("boiler valve opens", manual);

    assertThat(why.trace().orElseThrow().standings()).hasSize(3);
    assertThat(best(why).fate()).isEqualTo(Fate.GIVEN);
    assertThat(why.trace().orElseThrow().standings().getLast().fate())
        .isIn(Fate.BEYOND_SHARE, Fate.OUTRANKED);
  }

  @Test
  void small_talk_is_not_searched() throws Exception {
    Explanation why = explain("Hello!", pump);

    assertThat(why.outcome()).isEqualTo(Outcome.SMALL_TALK);
    assertThat(why.trace()).isEmpty();
  }

  @Test
  void every_outcome_has_a_sentence() {
    assertThat(Outcome.values())
        .allSatisfy(
            outcome -> assertThat(outcome.sentence("a", "b").in(Locale.CHINESE)).endsWith("。"));
  }
}

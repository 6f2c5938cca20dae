package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroundingMarksTest {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final List<String> WORDS =
      List.of(
          "The pump needs oil every month ",
          "每 3 个月加油一次",
          "Acme built it in 1999",
          " [1]",
          "[2]",
          " [1][2]",
          " need[2]",
          " in [1998]",
          "[",
          "]",
          "[7",
          " ",
          "\n",
          "\n\n",
          ".",
          "。",
          "oil",
          " 42 ",
          "- ",
          "\n```\n",
          "$$",
          "\n",
          "| pump | ",
          " |",
          "|",
          "# ",
          "The pump needs oil every month.");

  private final Library library = new Library();
  private List<ScoredPassage> passages = List.of();

  @BeforeEach
  void find() throws InterruptedException {
    library.add("manual.txt", "The cooling pump needs oil every month; some need[2] more.");
    library.add("history.txt", "The cooling pump was built by Acme in [1998].");
    passages =
        new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(1))
            .retrieve(QUESTION, Scope.LOCAL, new Filter.All(), 6)
            .passages();
    assertThat(passages).hasSize(2);
  }

  /** Cut at these places; the stream is told in the same number of steps or fewer. */
  private List<String> streamed(List<String> parts) {
    List<String> told = new ArrayList<>();
    GroundingMarks marked = new GroundingMarks(passages, QUESTION, Likeness.NONE, told::add);
    parts.forEach(marked::add);
    marked.end();
    return told;
  }

  @Test
  void wherever_an_answer_is_cut_the_stream_is_the_checked_answer() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      StringBuilder answer = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        answer.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      List<String> parts = new ArrayList<>();
      for (int at = 0; at < answer.length(); ) {
        int end = Math.min(answer.length(), at + 1 + random.nextInt(9));
        parts.add(answer.substring(at, end));
        at = end;
      }

      assertThat(String.join("", streamed(parts)))
          .as("seed %d, round %d, %s", seed, round, parts)
          .isEqualTo(
              CitationCheck.written(answer.toString(), passages, QUESTION, Likeness.NONE).answer());
    }
  }

  @Test
  void the_mark_comes_right_behind_its_statement_and_not_at_the_end() {
    List<String> told = streamed(List.of("It needs oil every 9 weeks [1]", ". And", " so on"));

    assertThat(told.subList(0, 2)).containsExactly("It needs oil every 9 weeks", " [1] [?]. And");
  }

  @Test
  void words_are_not_held_back() {
    assertThat(streamed(List.of("It ", "needs", " oil"))).containsExactly("It", " needs", " oil");
  }
}

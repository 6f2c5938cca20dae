package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final PassageId OWN = passage(1);
  private static final PassageId OTHER = passage(2);

  private static PassageId passage(int ordinal) {
    return new PassageId(new DocumentId("d_" + "1".repeat(22)), ordinal);
  }

  @Test
  void a_passage_with_many_other_words_for_the_same_stays_behind_one_with_the_own_words() {
    List<Hit> own = List.of(new Hit(OWN, 8), new Hit(OTHER, 2));
    List<Hit> widened = List.of(new Hit(OTHER, 12), new Hit(OWN, 8.5));

    assertThat(Ranking.joined(own, widened, 0.6))
        .extracting(Hit::passage)
        .containsExactly(OWN, OTHER);
  }

  @Test
  void a_passage_that_only_other_words_find_is_found() {
    List<Hit> own = List.of(new Hit(OWN, 2));
    List<Hit> widened = List.of(new Hit(OTHER, 10), new Hit(OWN, 2));

    assertThat(Ranking.joined(own, widened, 0.6))
        .containsExactly(new Hit(OTHER, 6), new Hit(OWN, 2));
  }
}

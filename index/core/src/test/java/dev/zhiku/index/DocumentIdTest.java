package dev.zhiku.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DocumentIdTest {
  private static final long THEN = 1_700_000_000_000L;

  @Test
  void ids_of_later_times_stand_behind_those_of_earlier_ones() {
    List<DocumentId> ids =
        LongStream.of(0, 1, 61, 62, THEN, THEN + 1, 2 * THEN, 100 * THEN)
            .mapToObj(DocumentId::at)
            .toList();
    assertThat(ids).isSorted();
  }

  @Test
  void ids_of_one_millisecond_differ_in_all_that_tells_no_time() {
    Set<String> random = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String value = DocumentId.at(THEN).value();
      assertThat(value).matches("d_[0-9A-Za-z]{22}").startsWith(time(DocumentId.at(THEN)));
      random.add(value.substring(10));
    }
    assertThat(random).hasSize(1_000);
  }

  private static String time(DocumentId id) {
    return id.value().substring(0, 10);
  }
}

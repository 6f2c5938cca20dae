package dev.zhiku.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.testing.FilterSamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final Filter FILES = new Filter.Source("files");
  private static final Filter SAMPLES = new Filter.Source("samples");
  private static final Filter ALL = new Filter.All();
  private static final Filter NONE = new Filter.None();

  @Test
  void the_simplest_form_accepts_the_same_documents() {
    List<DocumentMeta> documents = FilterSamples.documents();
    for (Filter filter : FilterSamples.filters(documents)) {
      for (DocumentMeta document : documents) {
        assertThat(filter.simplest().accepts(document))
            .as("%s on %s", filter, document)
            .isEqualTo(filter.accepts(document));
      }
    }
  }

  @Test
  void what_decides_nothing_is_left_out() {
    assertThat(all(ALL, all()).simplest()).isEqualTo(ALL);
    assertThat(all(ALL, all(any(FILES), ALL)).simplest()).isEqualTo(FILES);
    assertThat(any(NONE, any(), SAMPLES).simplest()).isEqualTo(SAMPLES);
    assertThat(all(FILES, FILES).simplest()).isEqualTo(FILES);
  }

  @Test
  void what_decides_everything_is_all_that_is_left() {
    assertThat(all(FILES, any()).simplest()).isEqualTo(NONE);
    assertThat(any(FILES, all()).simplest()).isEqualTo(ALL);
  }

  @Test
  void what_decides_stays() {
    assertThat(any(FILES, SAMPLES).simplest()).isEqualTo(any(FILES, SAMPLES));
    assertThat(all(any(FILES, SAMPLES), ALL, SAMPLES).simplest())
        .isEqualTo(all(any(FILES, SAMPLES), SAMPLES));
  }

  @Test
  void a_source_is_reached_by_whatever_may_let_one_of_its_documents_through() {
    Filter somewhere = new Filter.PathPrefix("a/");
    assertThat(FILES.reaches("files")).isTrue();
    assertThat(FILES.reaches("samples")).isFalse();
    assertThat(new Filter.Not(FILES).reaches("files")).isFalse();
    assertThat(new Filter.Not(all(FILES, somewhere)).reaches("files")).isTrue();
    assertThat(all(any(FILES, SAMPLES), new Filter.Not(SAMPLES)).reaches("samples")).isFalse();
    assertThat(all(somewhere, NONE).reaches("files")).isFalse();
    for (Filter filter : FilterSamples.filters(FilterSamples.documents())) {
      for (DocumentMeta document : FilterSamples.documents()) {
        assertThat(filter.reaches(document.source()) || !filter.accepts(document))
            .as("%s on %s", filter, document)
            .isTrue();
      }
    }
  }

  @Test
  void the_opposite_of_everything_is_nothing_and_that_of_an_opposite_the_filter_itself() {
    assertThat(new Filter.Not(all(ALL)).simplest()).isEqualTo(NONE);
    assertThat(new Filter.Not(any()).simplest()).isEqualTo(ALL);
    assertThat(new Filter.Not(new Filter.Not(any(FILES))).simplest()).isEqualTo(FILES);
    assertThat(all(FILES, new Filter.Not(SAMPLES)).simplest())
        .isEqualTo(all(FILES, new Filter.Not(SAMPLES)));
  }

  private static Filter all(Filter... filters) {
    return new Filter.AllOf(List.of(filters));
  }

  private static Filter any(Filter... filters) {
    return new Filter.AnyOf(List.of(filters));
  }
}

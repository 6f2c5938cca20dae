package dev.zhiku.index.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.testing.DistantEmbedder;
import dev.zhiku.index.testing.EmbedderContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EmbeddersTest {
  /** A part of a model of several languages, as every embedder. */
  @Nested
  class Contract extends EmbedderContract {
    @Override
    protected Embedder open() {
      return Embedders.multilingual(new HashingEmbedder()).forPassage("text");
    }
  }

  @Test
  void a_model_of_every_language_has_an_id_for_the_passages_of_each() throws Exception {
    HashingEmbedder model = new HashingEmbedder();
    try (Embedders embedders = Embedders.multilingual(model)) {
      Embedder english = embedders.forPassage("The pump needs oil.");
      Embedder chinese = embedders.forPassage("泵要加油。");
      assertThat(english.id().revision()).isEqualTo(model.id().revision() + "-english");
      assertThat(chinese.id().revision()).isEqualTo(model.id().revision() + "-chinese");
      assertThat(embedders.byId(chinese.id())).contains(chinese);
      assertThat(embedders.all()).allMatch(Embedder::knowsOtherLanguages).hasSize(2);
      assertThat(chinese.embedPassages(List.of("oil")))
          .isEqualTo(english.embedPassages(List.of("oil")));
      assertThat(chinese.embedQuery("oil")).isEqualTo(model.embedQuery("oil"));
      assertThat(english.embedQuery("rent")).isEqualTo(model.embedQuery("rent"));
    }
  }

  @Test
  void a_model_that_is_away_is_away_for_every_language() {
    DistantEmbedder distant = new DistantEmbedder();
    try (Embedders embedders = Embedders.multilingual(distant)) {
      assertThat(embedders.away()).isEmpty();
      assertThat(embedders.all()).noneMatch(Embedder::computesHere);
    }
  }

  @Test
  void one_model_for_all_that_claims_nothing_has_one_id() {
    try (Embedders embedders = Embedders.single(new HashingEmbedder())) {
      assertThat(embedders.all()).singleElement().matches(model -> !model.knowsOtherLanguages());
    }
  }
}

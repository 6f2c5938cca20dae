package dev.zhiku.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.testing.DistantEmbedder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingModelsTest {
  private final Embedder first = new HashingEmbedder();
  private final EmbeddingModels models = new EmbeddingModels(Embedders.single(first));

  @ParameterizedTest
  @ValueSource(strings = {"hashing", "zhiku-embedding", "text-embedding-3-small", ""})
  void the_first_model_answers_to_its_name_and_to_those_of_other_services(String name) {
    assertThat(models.answering(name)).isSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zhiku", "zhiku-chat", "zhiku-embeddings", "zhiku/knowledge"})
  void a_name_that_begins_like_ours_is_held_to_what_there_is(String name) {
    assertThatThrownBy(() -> models.answering(name))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_NOT_FOUND);
              assertThat(problem.values().toString()).contains(name, "zhiku-embedding, hashing");
            });
  }

  @Test
  void a_model_of_several_languages_has_one_name() {
    assertThat(new EmbeddingModels(Embedders.multilingual(first)).names())
        .containsExactly("hashing");
  }

  @Test
  void two_models_of_the_same_name_are_the_one_that_comes_first() {
    Embedders two =
        new Embedders(Map.of(Language.CHINESE, first, Language.ENGLISH, new DistantEmbedder()));

    assertThat(new EmbeddingModels(two).answering("hashing")).isSameAs(first);
  }
}

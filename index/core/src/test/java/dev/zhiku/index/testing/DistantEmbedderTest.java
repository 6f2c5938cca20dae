package dev.zhiku.index.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import org.junit.jupiter.api.Test;

class DistantEmbedderTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return new DistantEmbedder();
  }

  @Test
  void out_of_reach_it_says_so_and_comes_back() throws Exception {
    DistantEmbedder embedder = new DistantEmbedder();
    embedder.leaveUnseen();
    assertThat(embedder.away()).isEmpty();
    assertThatThrownBy(() -> embedder.embedQuery("a")).isInstanceOf(EmbedderAwayException.class);
    assertThat(embedder.away()).isPresent();
    embedder.comeBack();
    assertThat(embedder.away()).isEmpty();
    assertThat(embedder.embedQuery("a")).isNotNull();
  }
}

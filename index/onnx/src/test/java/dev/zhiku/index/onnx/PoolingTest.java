package dev.zhiku.index.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private final FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 2, 3, 4, 8, 9});

  @Test
  void the_mean_is_of_every_row() {
    assertThat(Pooling.MEAN.of(rows, 3, 2)).containsExactly(4, 5);
  }

  @Test
  void the_first_and_the_last_row_are_taken_as_they_are() {
    assertThat(Pooling.CLS.of(rows, 3, 2)).containsExactly(1, 2);
    assertThat(Pooling.LAST.of(rows, 3, 2)).containsExactly(8, 9);
    assertThat(Pooling.LAST.of(rows, 2, 2)).containsExactly(3, 4);
  }
}

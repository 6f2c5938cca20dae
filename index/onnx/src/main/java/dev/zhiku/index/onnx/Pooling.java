package dev.zhiku.index.onnx;

import java.nio.FloatBuffer;

/** The way in which the rows of a model's output, one for each token, become one vector. */
public enum Pooling {
  /** The mean of all rows. */
  MEAN {
    @Override
    float[] of(FloatBuffer rows, int tokens, int dimension) {
      float[] sum = new float[dimension];
      for (int token = 0; token < tokens; token++) {
        for (int i = 0; i < dimension; i++) {
          sum[i] += rows.get(token * dimension + i) / tokens;
        }
      }
      return sum;
    }
  },
  /** The row of the first token. */
  CLS {
    @Override
    float[] of(FloatBuffer rows, int tokens, int dimension) {
      return row(rows, 0, dimension);
    }
  },
  /** The row of the last token. */
  LAST {
    @Override
    float[] of(FloatBuffer rows, int tokens, int dimension) {
      return row(rows, tokens - 1, dimension);
    }
  };

  /**
   * The vector of a text, not yet of length 1.
   *
   * @param rows as the model gives them, from place 0 on
   * @param tokens number of rows, 1 or more
   */
  abstract float[] of(FloatBuffer rows, int tokens, int dimension);

  private static float[] row(FloatBuffer rows, int token, int dimension) {
    float[] row = new float[dimension];
    rows.get(token * dimension, row);
    return row;
  }
}

package dev.zhiku.index.embedding;

import java.util.Arrays;

/** A vector of L2 norm 1 (±1e-3). Immutable; equal by value. */
public final class Embedding {
  private static final double NORM_TOLERANCE = 1e-3;
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /**
   * A copy of these values.
   *
   * @throws IllegalArgumentException if they are not finite or their L2 norm is not 1 (±1e-3)
   */
  public static Embedding of(float[] values) {
    double norm = norm(values);
    if (!(Math.abs(norm - 1) <= NORM_TOLERANCE)) {
      throw new IllegalArgumentException("an embedding has L2 norm 1, got " + norm);
    }
    return new Embedding(values.clone());
  }

  /**
   * These values brought to L2 norm 1.
   *
   * @throws IllegalArgumentException if all are 0 or one is not finite
   */
  public static Embedding normalized(float[] values) {
    double norm = norm(values);
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException("no direction in a vector of L2 norm " + norm);
    }
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / norm);
    }
    return new Embedding(unit);
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  public int dimension() {
    return values.length;
  }

  /** A copy. */
  public float[] toArray() {
    return values.clone();
  }

  /**
   * Cosine similarity, -1 to 1.
   *
   * @throws IllegalArgumentException if the dimensions differ
   */
  public double cosine(Embedding other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "dimensions differ: " + values.length + " and " + other.values.length);
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}

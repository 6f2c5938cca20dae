package dev.zhiku.index.embedding;

/**
 * Names what makes a vector what it is: equal ids, interchangeable vectors.
 *
 * @param model such as {@code bge-small-zh-v1.5-q}; letters, digits, dot, dash
 * @param revision changes whenever the same text gives another vector: weights, normalisation, code
 * @param dimension length of the vectors, 1 to 4,096
 */
public record EmbedderId(String model, String revision, int dimension) {
  public static final int MAX_DIMENSION = 4_096;

  public EmbedderId {
    if (!model.matches("[A-Za-z0-9.-]+") || !revision.matches("[A-Za-z0-9.-]+")) {
      throw new IllegalArgumentException(
          "model and revision are letters, digits, dots and dashes, got " + model + ":" + revision);
    }
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension must be 1.." + MAX_DIMENSION + ", got " + dimension);
    }
  }

  /** {@code model:revision:dimension}. */
  @Override
  public String toString() {
    return model + ":" + revision + ":" + dimension;
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static EmbedderId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[2].matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException("not an embedder id: " + text);
    }
    return new EmbedderId(parts[0], parts[1], Integer.parseInt(parts[2]));
  }
}

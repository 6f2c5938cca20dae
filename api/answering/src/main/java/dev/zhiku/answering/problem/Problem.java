package dev.zhiku.answering.problem;

import java.util.List;

/** An answer to a bad request: becomes {@code application/problem+json} at the HTTP edge. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ProblemCode code;
  private final transient List<Object> values;

  /**
   * @param values fill the places {@code {0}}, {@code {1}} of detail and remedy
   */
  public Problem(ProblemCode code, Object... values) {
    super(code.wireName() + " " + List.of(values));
    this.code = code;
    this.values = List.of(values);
  }

  public ProblemCode code() {
    return code;
  }

  /** For the message, in the order of its places. */
  public List<Object> values() {
    return values;
  }
}

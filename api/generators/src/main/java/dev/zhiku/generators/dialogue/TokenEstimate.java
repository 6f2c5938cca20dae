package dev.zhiku.generators.dialogue;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many tokens a text has for a model whose vocabulary is not here: counted with another one,
 * with a margin, and corrected by what the model's server reports. Of the vocabularies at hand
 * o200k was made for Chinese too; how near it comes to that of a model is not measured, only
 * corrected. Digits count one by one. Thread-safe.
 */
public final class TokenEstimate {
  /** Before the first report. */
  private static final double MARGIN = 1.25;

  /** Digits that the vocabulary at hand takes together. */
  private static final int DIGITS_TOGETHER = 3;

  /** Reports may be off by the odd token of a template; the largest of the last ones counts. */
  private static final int REMEMBERED = 16;

  /** Of a shorter prompt what a template puts around it is a large share. */
  private static final int SHORT = 400;

  private static final double LEAST = 0.4;
  private static final double MOST = 3;

  /** Two hundred thousand entries, read once and only where there is a model server. */
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private final Deque<Double> ratios = new ArrayDeque<>();

  /** Of short prompts; they count until there is a long one. */
  private final Deque<Double> shortRatios = new ArrayDeque<>();

  /** Tokens of a text, from above; 0 for none. */
  public int count(String text) {
    return (int) Math.ceil(counted(text) * factor());
  }

  /** Tokens of a text in the vocabulary at hand, without margin or correction. */
  static double counted(String text) {
    long digits = text.chars().filter(c -> c >= '0' && c <= '9').count();
    double single = digits - (double) digits / DIGITS_TOGETHER;
    return ENCODING.countTokensOrdinary(text) + single;
  }

  /** Whether a report has corrected it. */
  public synchronized boolean isCorrected() {
    return !ratios.isEmpty() || !shortRatios.isEmpty();
  }

  /**
   * What became of an estimate.
   *
   * @param estimated by {@link #count}
   * @param reported by the server
   */
  public synchronized void report(int estimated, int reported) {
    if (estimated > 0 && reported > 0) {
      double ratio = factor() * reported / estimated;
      Deque<Double> alike = reported < SHORT ? shortRatios : ratios;
      if (alike.size() == REMEMBERED) {
        alike.removeFirst();
      }
      alike.addLast(Math.min(MOST, Math.max(LEAST, ratio)));
    }
  }

  private synchronized double factor() {
    return (ratios.isEmpty() ? shortRatios : ratios)
        .stream().mapToDouble(Double::doubleValue).max().orElse(MARGIN);
  }
}

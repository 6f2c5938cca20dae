package dev.zhiku.answering.grounding;

import dev.zhiku.index.words.Words;
import java.util.regex.Pattern;

/**
 * How much of an answer has ground in its passages.
 *
 * @param supported statements, not questions, that a passage carries and that speak of what was
 *     asked
 * @param letters of its statements, digits included
 * @param supportedLetters of those that a passage carries
 * @param begunWrong whether the first figure or name of it stands nowhere
 */
public record Support(int supported, long letters, long supportedLetters, boolean begunWrong) {
  /** Of no text. */
  public static final Support NONE = new Support(0, 0, 0, false);

  private static final double LEAST_BEHIND_INVENTION = 0.5;

  /** A question, which answers nothing whatever passage has its words. */
  private static final Pattern ASKS =
      Pattern.compile(".*[?？][\\p{Pe}\\p{Pf}\\s\"'*_]*", Pattern.DOTALL);

  /** Shorter texts say nothing by themselves, in letters. */
  private static final int LEAST_LETTERS = 4;

  /** Shorter sentences are replies and remarks. */
  private static final int LEAST_WORDS = 3;

  private static final int LEAST_IDEOGRAPHS = 5;

  /** With one more sentence; one that says nothing by itself counts where it has ground. */
  Support and(boolean carried, boolean answers, boolean states, String sentence) {
    String said = letters(sentence);
    long own = said.codePointCount(0, said.length());
    return carried || states
        ? new Support(
            supported + (answers && !ASKS.matcher(sentence).matches() ? 1 : 0),
            letters + own,
            supportedLetters + (carried ? own : 0),
            begunWrong)
        : this;
  }

  /** The letters and digits of a sentence: two with the same ones say the same. */
  static String letters(String sentence) {
    return sentence
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The first figure or name of the text was invented. */
  Support begunWith(boolean invented) {
    return new Support(supported, letters, supportedLetters, invented);
  }

  /** Whether a sentence says anything that could have ground. */
  static boolean isStatement(String sentence) {
    String bare = sentence.strip();
    boolean announces = bare.endsWith(":") || bare.endsWith("：");
    return !announces && bare.codePoints().filter(Character::isLetter).count() >= LEAST_LETTERS;
  }

  /** Whether a sentence says enough to be missed in the passages. */
  static boolean isClaim(String sentence) {
    Words said = Words.ofQuestion(sentence);
    int parts = said.characters().isEmpty() ? said.terms().size() : said.characters().size();
    int least = said.characters().isEmpty() ? LEAST_WORDS : LEAST_IDEOGRAPHS;
    boolean row = sentence.indexOf('|') >= 0;
    return isStatement(sentence) && !row && parts >= least;
  }

  /**
   * Whether it is too little.
   *
   * @param least share of the text of the statements that has to be supported, 0 to 1; one
   *     statement has to be, and half of the text behind an invention
   */
  public boolean isBelow(double least) {
    double needed = begunWrong ? Math.max(least, LEAST_BEHIND_INVENTION) : least;
    return supported == 0 || supportedLetters < needed * letters;
  }
}

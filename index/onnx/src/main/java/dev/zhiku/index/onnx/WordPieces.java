package dev.zhiku.index.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.zhiku.index.words.SearchText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A tokenizer: turns text into the numbers that a model reads, at most as many as it bears. No text
 * can spell a special token such as {@code [SEP]}. Thread-safe.
 */
final class WordPieces implements AutoCloseable {
  /** Longest sequence the bundled models were trained for, their two special tokens included. */
  static final int MAX_TOKENS = 512;

  /** Far more characters than a token of any real text has; what follows is not even read. */
  private static final int MAX_CHARS_PER_TOKEN = 64;

  private static final char REPLACEMENT = '\uFFFD';

  /** Stands for a text of which nothing is left. */
  private static final String NOTHING = ".";

  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;
  private final UnaryOperator<String> form;
  private final Set<Long> special;

  private WordPieces(byte[] json, int maxTokens, UnaryOperator<String> form) throws IOException {
    this.maxTokens = maxTokens;
    this.form = form;
    this.tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(json),
            Map.of("truncation", "do_not_truncate", "padding", "false", "maxLength", "-1"));
    this.special =
        Arrays.stream(tokenizer.encode("", true, false).getIds())
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads the {@code tokenizer.json} of a model that is given every text in its form for searching;
   * {@link NativeLibraries} must be in place.
   */
  static WordPieces ofSearchText(byte[] json) throws IOException {
    return new WordPieces(json, MAX_TOKENS, SearchText::normalize);
  }

  /**
   * Reads the {@code tokenizer.json} of a model that is given every text as it is: what it makes of
   * capital letters and scripts is its own affair.
   *
   * @param maxTokens longest sequence, special tokens included
   */
  static WordPieces ofPlainText(byte[] json, int maxTokens) throws IOException {
    return new WordPieces(json, maxTokens, UnaryOperator.identity());
  }

  /** Longest sequence, special tokens included. */
  int maxTokens() {
    return maxTokens;
  }

  /**
   * The numbers of a text between those that the model has around it, such as [CLS] and [SEP], at
   * most {@link #maxTokens} and at least one; a longer text is cut.
   */
  long[] tokens(String text) {
    long[] tokens = cut(encode(beginning(text))).ids();
    return tokens.length > 0 ? tokens : cut(encode(NOTHING)).ids();
  }

  /**
   * The numbers of two texts, with what the model has around and between them, at most {@link
   * #maxTokens}; the second text is cut.
   */
  Pair pair(String first, String second) {
    return cut(
        tokenizer.encode(
            wellFormed(form.apply(beginning(first))),
            wellFormed(form.apply(beginning(second))),
            true,
            false));
  }

  /** Tokens, and the text that each belongs to: 0 or 1. */
  static final class Pair {
    private final long[] ids;
    private final long[] types;

    private Pair(long[] ids, long[] types) {
      this.ids = ids;
      this.types = types;
    }

    long[] ids() {
      return ids;
    }

    long[] types() {
      return types;
    }
  }

  /** The number of tokens of the whole text. */
  int count(String text) {
    return encode(text).getIds().length;
  }

  private Encoding encode(String text) {
    return tokenizer.encode(wellFormed(form.apply(text)), true, false);
  }

  private Pair cut(Encoding encoding) {
    long[] ids = encoding.getIds();
    long[] types = encoding.getTypeIds();
    long[] isAround = encoding.getSpecialTokenMask();
    int after = 0;
    while (after < ids.length && isAround[ids.length - 1 - after] == 1) {
      after++;
    }
    int[] kept = new int[Math.min(ids.length, maxTokens)];
    int count = 0;
    for (int i = 0; i < ids.length - after && count < maxTokens - after; i++) {
      if (isAround[i] == 1 || !special.contains(ids[i])) {
        kept[count] = i;
        count++;
      }
    }
    for (int i = ids.length - after; i < ids.length; i++) {
      kept[count] = i;
      count++;
    }
    return new Pair(chosen(ids, kept, count), chosen(types, kept, count));
  }

  private static long[] chosen(long[] all, int[] places, int count) {
    long[] chosen = new long[count];
    Arrays.setAll(chosen, i -> all[places[i]]);
    return chosen;
  }

  private String beginning(String text) {
    int most = maxTokens * MAX_CHARS_PER_TOKEN;
    if (text.length() <= most) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splitsPair ? most - 1 : most);
  }

  /** Halves of characters have no UTF-8 form, which the native side needs. */
  private static String wellFormed(String text) {
    if (text.codePoints().noneMatch(WordPieces::isHalf)) {
      return text;
    }
    int[] whole = text.codePoints().map(c -> isHalf(c) ? REPLACEMENT : c).toArray();
    return new String(whole, 0, whole.length);
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

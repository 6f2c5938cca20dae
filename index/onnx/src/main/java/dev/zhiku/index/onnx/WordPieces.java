package dev.zhiku.index.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.zhiku.index.words.SearchText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Turns text into the numbers a BERT model reads. Text is brought into its form for searching
 * first; that also means that no text can spell a special token such as {@code [SEP]}, whose
 * letters are capital. Thread-safe.
 */
final class WordPieces implements AutoCloseable {
  /** Longest sequence the models were trained for, their two special tokens included. */
  static final int MAX_TOKENS = 512;

  /** Far more than {@link #MAX_TOKENS} tokens of any real text; what follows is not even read. */
  private static final int MAX_CHARS = 64 * MAX_TOKENS;

  private static final char REPLACEMENT = '\uFFFD';

  private final HuggingFaceTokenizer tokenizer;

  /** Reads a {@code tokenizer.json}; {@link NativeLibraries} must be in place. */
  WordPieces(byte[] json) throws IOException {
    tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(json),
            Map.of("truncation", "do_not_truncate", "padding", "false", "maxLength", "-1"));
  }

  /**
   * Begins with [CLS] and ends with [SEP], at most {@link #MAX_TOKENS} long; a longer text is cut.
   */
  long[] tokens(String text) {
    long[] ids = encode(beginning(text));
    if (ids.length <= MAX_TOKENS) {
      return ids;
    }
    long[] cut = Arrays.copyOf(ids, MAX_TOKENS);
    cut[MAX_TOKENS - 1] = ids[ids.length - 1];
    return cut;
  }

  /** The number of tokens of the whole text. */
  int count(String text) {
    return encode(text).length;
  }

  private long[] encode(String text) {
    return tokenizer.encode(wellFormed(SearchText.normalize(text)), true, false).getIds();
  }

  private static String beginning(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1));
    return text.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
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

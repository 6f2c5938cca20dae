package dev.zhiku.index.embedding;

import dev.zhiku.index.words.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors from hashed words and parts of words: texts that share wording are near each other, texts
 * that share only meaning are not. Needs no model file, the same text gives the same vector on
 * every machine. Words of Chinese characters count by character and by pair of characters.
 */
public final class HashingEmbedder implements Embedder {
  /** Raise when the same text gives another vector. */
  private static final String REVISION = "1";

  private static final int MAX_TOKENS = 2_048;
  private static final int GRAM = 3;
  private static final float WORD_WEIGHT = 1f;

  /** A pair of Chinese characters is most of a word, one alone little. */
  private static final float HAN_WEIGHT = 0.4f;

  private static final float GRAM_WEIGHT = 0.4f;

  private final EmbedderId id;

  /** 256 dimensions. */
  public HashingEmbedder() {
    this(256);
  }

  /**
   * @param dimension 1 to {@link EmbedderId#MAX_DIMENSION}
   */
  public HashingEmbedder(int dimension) {
    id = new EmbedderId("hashing", REVISION, dimension);
  }

  @Override
  public EmbedderId id() {
    return id;
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    Embedder.requireTexts(texts);
    List<Embedding> vectors = new ArrayList<>(texts.size());
    for (String text : texts) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted after " + vectors.size() + " texts");
      }
      vectors.add(embed(text));
    }
    return List.copyOf(vectors);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return embedPassages(List.of(question)).getFirst();
  }

  /** Words, where each Chinese character is a word. */
  @Override
  public int countTokens(String text) {
    return tokens(text, Integer.MAX_VALUE).size();
  }

  @Override
  public int maxTokens() {
    return MAX_TOKENS;
  }

  /** Holds nothing: stays usable. */
  @Override
  public void close() {}

  private Embedding embed(String text) {
    float[] sums = new float[id.dimension()];
    String previous = "";
    for (String token : tokens(text, MAX_TOKENS)) {
      boolean han = isHan(token.codePointAt(0));
      add(sums, token, han ? HAN_WEIGHT : WORD_WEIGHT);
      if (han && !previous.isEmpty() && isHan(previous.codePointAt(0))) {
        add(sums, previous + token, WORD_WEIGHT);
      }
      if (!han) {
        addGrams(sums, token);
      }
      previous = token;
    }
    return Embedding.normalized(withDirection(sums));
  }

  private static void addGrams(float[] sums, String word) {
    String framed = "<" + word + ">";
    for (int i = 0; i + GRAM <= framed.length(); i++) {
      add(sums, framed.substring(i, i + GRAM), GRAM_WEIGHT);
    }
  }

  private static void add(float[] sums, String feature, float weight) {
    int hash = mixed(feature.hashCode());
    sums[Integer.remainderUnsigned(hash >>> 1, sums.length)] += (hash & 1) == 0 ? weight : -weight;
  }

  /** Spreads the bits: {@code String.hashCode} keeps similar words together. */
  private static int mixed(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  /** A text without words, or whose features cancel out, still needs a direction. */
  private static float[] withDirection(float[] sums) {
    boolean none = true;
    for (float sum : sums) {
      none &= sum == 0;
    }
    if (none) {
      Arrays.fill(sums, 1);
    }
    return sums;
  }

  private static List<String> tokens(String text, int limit) {
    String normal = SearchText.normalize(text);
    List<String> tokens = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < normal.length() && tokens.size() < limit; ) {
      int c = normal.codePointAt(i);
      i += Character.charCount(c);
      boolean partOfWord = Character.isLetterOrDigit(c) && !isHan(c);
      if (partOfWord) {
        word.appendCodePoint(c);
      } else {
        endWord(word, tokens);
        if (isHan(c)) {
          tokens.add(Character.toString(c));
        }
      }
    }
    endWord(word, tokens);
    return tokens.size() > limit ? tokens.subList(0, limit) : tokens;
  }

  private static void endWord(StringBuilder word, List<String> tokens) {
    if (!word.isEmpty()) {
      tokens.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}

package dev.zhiku.index.ranking;

import dev.zhiku.index.SearchText;
import java.util.HashSet;
import java.util.Set;

/** The three-character pieces of a text; signs and spaces do not count. */
record Shingles(Set<String> pieces) {
  private static final int LENGTH = 3;

  Shingles {
    pieces = Set.copyOf(pieces);
  }

  static Shingles of(String text) {
    String letters = SearchText.normalize(text).replaceAll("[^\\p{L}\\p{N}]+", "");
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + LENGTH <= letters.length(); i++) {
      pieces.add(letters.substring(i, i + LENGTH));
    }
    if (pieces.isEmpty() && !letters.isEmpty()) {
      pieces.add(letters);
    }
    return new Shingles(pieces);
  }

  /** Common pieces among all pieces of both (Jaccard); 0 if neither has any. */
  double similarity(Shingles other) {
    long common = pieces.stream().filter(other.pieces::contains).count();
    long all = pieces.size() + other.pieces.size() - common;
    return all == 0 ? 0 : (double) common / all;
  }
}

package dev.zhiku.answering.problem;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a mistyped name may have meant. */
public final class NearestName {
  private NearestName() {}

  /** {@code "; did you mean zhiku.server.port?"}, or nothing where no name is near. */
  public static String hint(String mistyped, Collection<String> known, String prefix) {
    int most = Math.max(2, mistyped.length() / 3);
    return known.stream()
        .filter(name -> distance(mistyped, name) <= most)
        .min(Comparator.comparingInt(name -> distance(mistyped, name)))
        .map(name -> "; did you mean " + prefix + name + "?")
        .orElse("");
  }

  /** Levenshtein distance, two rows at a time. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}

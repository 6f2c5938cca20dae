package dev.zhiku.index.words;

import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * English words cut to their stems, so that "inspections" is found by "inspect". For one thread.
 */
final class Stems {
  private final EnglishStemmer stemmer = new EnglishStemmer();

  /** The stem of a normalised word; words with other than Latin letters are their own. */
  String of(String word) {
    if (word.length() < 3 || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return word;
    }
    stemmer.setCurrent(word);
    stemmer.stem();
    return stemmer.getCurrent();
  }
}

package dev.zhiku.index.words;

import java.util.List;

/**
 * The words of one text, in order and with repetitions; found in the normalised text, so that full
 * width, capitals and traditional characters make no difference.
 *
 * @param terms what a text is ranked by: stems of words, pairs of neighbouring ideographs,
 *     compounds such as part numbers and e-mail addresses as a whole and without hyphens, the
 *     letters and the number of words such as {@code FY2022}, numbered articles ({@code 第17条})
 * @param forms the same words as they are written, unstemmed
 * @param characters each ideograph by itself, for questions of a single one
 */
public record Words(List<String> terms, List<String> forms, List<String> characters) {
  /** Longest word kept, in characters; longer ones are left out, their parts stay. */
  public static final int MAX_WORD_CHARS = 64;

  /** Changes whenever the same text may get other words: what was analysed before is made anew. */
  public static final String VERSION = "words-2";

  public Words {
    terms = List.copyOf(terms);
    forms = List.copyOf(forms);
    characters = List.copyOf(characters);
  }

  /** The words of a text as it stands in a document or a question. */
  public static Words of(String text) {
    return new WordScanner(SearchText.normalize(text)).scan();
  }

  /** The words of a question that say what it asks for; of "what is it", all of them. */
  public static Words ofQuestion(String question) {
    Words all = of(question);
    List<String> carrying = StopWords.withoutTerms(all.terms());
    return carrying.isEmpty()
        ? all
        : new Words(carrying, StopWords.withoutForms(all.forms()), all.characters());
  }
}

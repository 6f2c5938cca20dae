package dev.zhiku.answering.grounding;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that only join what a sentence says: particles, auxiliaries, pronouns, prepositions and
 * denials; of Chinese, their characters. Whether a sentence denies is judged apart from its words.
 * Pure.
 */
final class GrammarWords {
  private static final String CHINESE =
      "的地得了着过之者是为即就也都还又再则而且并和与及或但如若果因所以于在至到从由被把将向对给让按照用" + "要会能可须必应当需请已不没未无勿免有其该此这那个里中内上下时";

  private static final String ENGLISH =
      "not dont doesnt didnt cant cannot wont isnt arent must may can could should shall will would"
          + " might have has had do does did need get i you he she we they them its there who which"
          + " than per also so";

  private static final Set<String> ALL =
      Arrays.stream((ENGLISH + " " + CHINESE.replaceAll("(.)", "$1 ")).split(" ", -1))
          .collect(Collectors.toUnmodifiableSet());

  private GrammarWords() {}

  /** The words that say something; all of them where none does. */
  static List<String> without(List<String> words) {
    List<String> saying = words.stream().filter(word -> !ALL.contains(word)).toList();
    return saying.isEmpty() ? words : saying;
  }
}

package dev.zhiku.index.words;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that ask, and words that only hold a sentence together. Rare in texts that answer, question
 * words would weigh more than what is asked for.
 */
final class StopWords {
  private static final Set<String> FORMS =
      Set.of(
          ("a an and are as at be been but by can could did do does for from had has have how i if"
                  + " in into is it its many me much my of on or our shall should so such that the"
                  + " their them then there these they this those to us was we were what when where"
                  + " which who whom whose why will with would you your"
                  + " 什么 么时 时候 多少 哪些 哪个 哪里 哪年 哪一 为什 怎么 怎样 如何 是什 么是 是哪 几个 是谁 谁是"
                  + " 有哪 有多 是多 请问 为何 何时 何地 是否")
              .split(" "));

  private static final Set<String> TERMS = stems();

  private StopWords() {}

  private static Set<String> stems() {
    Stems stems = new Stems();
    return FORMS.stream().map(stems::of).collect(Collectors.toUnmodifiableSet());
  }

  static List<String> withoutTerms(List<String> terms) {
    return terms.stream().filter(term -> !TERMS.contains(term)).toList();
  }

  static List<String> withoutForms(List<String> forms) {
    return forms.stream().filter(form -> !FORMS.contains(form)).toList();
  }
}

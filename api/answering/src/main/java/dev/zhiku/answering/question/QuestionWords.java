package dev.zhiku.answering.question;

import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a question that say what it is about: without those that only make it a question,
 * and without the frame that stands around it. Pure.
 */
public final class QuestionWords {
  /** Phrases of Chinese questions that no answer repeats; longer ones first. */
  private static final Pattern CHINESE_PHRASES =
      Pattern.compile(
          "请问|请告诉我|告诉我|我想知道|想知道|什么时候|什么时间|什么地方|什么样的?|为什么|是什么|有什么|什么|哪一年|哪年|哪一天|哪天"
              + "|哪些|哪个|哪里|哪儿|哪位|哪种|哪家|哪一|哪|谁|几点钟|几点|多少|多久|多长|多大|多高|多远|几|何时|何地|何年|何人|何种|为何|何|怎么样|怎样|怎么|如何"
              + "|是否|能否|可否|吗|呢|吧|啊|的|了|是|被|把|在|于|由|和|与|及|或|没有|有|会|要|能|可以|需要|应该|应当|时候|其中|其|该|这|那");

  private static final Set<String> ENGLISH_STOP_WORDS =
      terms(
          "a an the of in on at to for from by with and or not is are was were be been being am do does did done has"
              + " have had can could will would shall should may might must it its this that these those there here"
              + " their his her our your my i you he she we they them me us what which who whom whose when where why"
              + " how many much long often far old as than then so such into about between during after before over"
              + " under up down out off if but also any some all each per please tell say said many much kind type"
              + " name s t");

  private QuestionWords() {}

  /**
   * Terms as {@link Words#terms()} makes them, in order, each once. A question of nothing but such
   * words keeps them all.
   */
  public static Set<String> of(String question) {
    Set<String> content = carrying(QuestionFrame.without(question));
    return content.isEmpty()
        ? new LinkedHashSet<>(Words.of(SearchText.normalize(question)).terms())
        : content;
  }

  /** Whether a term, as {@link Words#terms()} makes it, is no function word. */
  public static boolean isCarrying(String term) {
    return !ENGLISH_STOP_WORDS.contains(term);
  }

  /** The words that carry something; none of a text that only asks. */
  public static Set<String> carrying(String text) {
    String normalized = SearchText.normalize(text);
    Set<String> content = HeldWords.in(CHINESE_PHRASES.matcher(normalized).replaceAll(" "));
    content.removeAll(ENGLISH_STOP_WORDS);
    content.removeIf(QuestionWords::isLoneIdeograph);
    return content;
  }

  /** What is left between two phrases; a passage holds pairs. */
  private static boolean isLoneIdeograph(String term) {
    return term.codePointCount(0, term.length()) == 1
        && Character.isIdeographic(term.codePointAt(0));
  }

  private static Set<String> terms(String words) {
    return Arrays.stream(words.split(" "))
        .flatMap(word -> Words.of(word).terms().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}

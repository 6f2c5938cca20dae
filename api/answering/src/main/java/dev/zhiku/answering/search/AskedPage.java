package dev.zhiku.answering.search;

import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page or slide that a question names: "page 14", 第十四页, "the last slide". It selects within the
 * document that the rest of the question finds.
 *
 * @param rest the question without it
 * @param number from 1; empty for the last one
 */
record AskedPage(String rest, OptionalInt number) {
  /** Passages of one document that are looked through for a page. */
  private static final int MOST_PASSAGES = 5_000;

  /** Sentences of the page that answer where nothing else is asked. */
  private static final int SENTENCES = 3;

  private static final String NUMBER = "[0-9〇零一二三四五六七八九十百两]{1,6}";

  private static final Pattern CHINESE =
      Pattern.compile("第\\s?(" + NUMBER + ")\\s?(?:页|张(?:幻灯片|片子|ppt)?)(?![面岁])");

  private static final Pattern CHINESE_ENDS =
      Pattern.compile("(首页|封面页)|(最后(?:一页|一张(?:幻灯片|ppt)?)|末页|尾页)");

  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\b(?:on |of |at )?(?:the )?(?:page|slide|p\\.|pg\\.?)\\s*(?:no\\.?\\s*)?(\\d{1,5})\\b");

  private static final List<String> ORDINALS =
      List.of(
          "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
          "tenth");

  private static final Pattern ENGLISH_ORDINAL =
      Pattern.compile(
          "\\b(?:on |of |at )?(?:the )?("
              + String.join("|", ORDINALS)
              + "|last|final) (?:page|slide)\\b");

  /** The page that a question names, if it names one. */
  static Optional<AskedPage> of(String question) {
    String text = SearchText.normalize(question);
    return first(CHINESE, text)
        .map(found -> named(text, found, chinese(found.group(1))))
        .or(() -> first(ENGLISH, text).map(f -> named(text, f, Integer.parseInt(f.group(1)))))
        .or(() -> first(ENGLISH_ORDINAL, text).map(f -> named(text, f, ordinal(f.group(1)))))
        .or(() -> first(CHINESE_ENDS, text).map(f -> named(text, f, f.group(1) == null ? 0 : 1)))
        .filter(page -> !QuestionWords.carrying(page.rest()).isEmpty());
  }

  private static Optional<MatchResult> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst();
  }

  /**
   * @param number 0 for the last one
   */
  private static AskedPage named(String text, MatchResult found, int number) {
    String rest = text.substring(0, found.start()) + " " + text.substring(found.end());
    return new AskedPage(rest, number == 0 ? OptionalInt.empty() : OptionalInt.of(number));
  }

  private static int ordinal(String word) {
    return ORDINALS.indexOf(word) + 1;
  }

  private static int chinese(String number) {
    String page = "第" + number + "页";
    return Words.of(page).terms().stream()
        .filter(term -> term.matches("第\\d{1,6}页"))
        .mapToInt(term -> Integer.parseInt(term.substring(1, term.length() - 1)))
        .findFirst()
        .orElse(1);
  }

  /**
   * What stands on that page of the document that was found first, with its sentences that answer;
   * what was found, where it has no such page.
   */
  List<ScoredPassage> in(List<ScoredPassage> found, Snapshot snapshot) throws InterruptedException {
    if (found.isEmpty()) {
      return found;
    }
    ScoredPassage best = found.getFirst();
    List<Passage> paged =
        snapshot.passages(best.document().id(), 0, MOST_PASSAGES).stream()
            .filter(passage -> isPaged(passage.location()))
            .toList();
    int last = paged.stream().mapToInt(passage -> passage.location().end()).max().orElse(0);
    int page = number.orElse(last);
    List<Passage> there =
        paged.stream().filter(passage -> covers(passage.location(), page)).toList();
    return there.isEmpty()
        ? found
        : there.stream().limit(found.size() + 1L).map(p -> marked(best, p, page)).toList();
  }

  private ScoredPassage marked(ScoredPassage best, Passage passage, int page) {
    return new ScoredPassage(
            passage, best.document(), best.score(), best.words(), best.similarity())
        .withNearest(sentences(best.document(), passage, page));
  }

  private static boolean isPaged(Location location) {
    return location.kind() == Location.Kind.PAGE || location.kind() == Location.Kind.SLIDE;
  }

  private static boolean covers(Location location, int page) {
    return location.start() <= page && page <= location.end();
  }

  /** Those with most of what else is asked, in reading order. */
  private List<String> sentences(DocumentMeta document, Passage passage, int page) {
    Set<String> asked = new HashSet<>(QuestionWords.of(rest));
    asked.removeAll(Words.of(CitationLocation.title(document, passage.location())).terms());
    List<String> blocks =
        passage.blocks().stream()
            .filter(block -> block.kind() != TextBlock.Kind.HEADING)
            .filter(block -> isOn(block, page))
            .map(block -> block.in(passage.text()))
            .toList();
    return blocks.stream()
        .sorted(Comparator.comparingLong((String block) -> -shared(block, asked)))
        .limit(SENTENCES)
        .collect(Collectors.toList());
  }

  private static boolean isOn(TextBlock block, int page) {
    return block.origin().start() == 0
        || (block.origin().start() <= page && page <= block.origin().end());
  }

  private static long shared(String block, Set<String> asked) {
    return Words.of(block).terms().stream().filter(asked::contains).distinct().count();
  }
}

package dev.zhiku.generators.extractive;

import java.util.regex.Pattern;

/** Tells the headings inside a passage from its sentences, by their looks. Pure. */
final class Headings {
  /** A longer line is a sentence, in characters. */
  private static final int MAX_CHARS = 80;

  private static final Pattern NUMBERED =
      Pattern.compile("^\\s*(\\d+(\\.\\d+)*[.、)）]?|第?[一二三四五六七八九十百]+[章节条部分、.]?)\\s+");

  private static final Pattern ENDS_A_SENTENCE =
      Pattern.compile("[.。!！?？;；:：…,，][”’」』）》】\")\\]]*$");

  /** What goes on behind a Chinese comma is a sentence, also where a slide gives it no stop. */
  private static final Pattern CLAUSES = Pattern.compile("[，；]");

  private static final Pattern ITEM_OR_ROW =
      Pattern.compile("^[-*•·▪◦●○■□–—+]\\s.*|.*(\\t|\\s\\|\\s).*");

  private static final Pattern LABELLED = Pattern.compile("[^:：]{1,20}：.+|[^:：]{1,30}: .+");

  /** A chapter may have a colon behind its number. */
  private static final Pattern PART =
      Pattern.compile(
          "^(?:第[\\d零一二三四五六七八九十百]+[章节条部篇编]|附[件录表]|(?i:chapter|part|section|annex|appendix|article) ).*");

  /** The number of a table or picture, with what it shows: {@code Table 3: Error codes}. */
  private static final Pattern CAPTION =
      Pattern.compile(
          "^(?:[附续]?[表图]|(?i:table|figure|fig\\.|chart|exhibit|schedule))\\h*"
              + "(?:\\d+(?:[-.–]\\d+)*|[一二三四五六七八九十]+|[IVX]+|[A-Z])(?![\\p{L}\\d]).*");

  /** Such as {@code 第五条 维修。} or {@code 2. Late payment.}: a number and few words. */
  private static final Pattern CLAUSE_TITLE =
      Pattern.compile(
          "\\h*(?:第[\\d零一二三四五六七八九十百]+[章节条款项]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
              + "|(?:(?i:article|section|clause) )?\\d+(?:\\.\\d+)*[.、)）]?)\\h*"
              + "(?:[\\p{IsHan}、]{2,10}。|\\p{Lu}[\\p{L}'’-]*(?: [\\p{L}'’&-]+){0,4}\\.)\\s*");

  private Headings() {}

  /**
   * Whether a sentence is the title of a numbered clause that goes on in the same line: it ends
   * with a stop and says no more than what the clause is about.
   */
  static boolean titlesClause(String sentence) {
    return CLAUSE_TITLE.matcher(sentence).matches();
  }

  /** Whether a line ends as sentences do. */
  static boolean endsSentence(String line) {
    return ENDS_A_SENTENCE.matcher(line.strip()).find();
  }

  /**
   * Whether a line reads like a heading: short, no full stop, no figures but its own number. The
   * first line of a passage may have figures: titles of letters and manuals do. A label with its
   * value ({@code Issued by: Works Office}) is a statement.
   */
  static boolean isHeading(String line, boolean first) {
    String text = line.strip();
    if (text.length() > MAX_CHARS
        || text.indexOf('\n') >= 0
        || ENDS_A_SENTENCE.matcher(text).find()
        || CLAUSES.matcher(text).find()
        || ITEM_OR_ROW.matcher(text).matches()) {
      return false;
    }
    if (CAPTION.matcher(text).matches()) {
      return true;
    }
    if (LABELLED.matcher(text).matches() && !PART.matcher(text).matches()) {
      return first && text.indexOf('：') < 0;
    }
    String words = NUMBERED.matcher(text).replaceFirst("");
    return first || words.chars().noneMatch(Character::isDigit);
  }
}

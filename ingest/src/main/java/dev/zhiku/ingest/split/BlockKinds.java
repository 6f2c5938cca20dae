package dev.zhiku.ingest.split;

import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.ingest.extract.Block;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Kinds of blocks in reading order, and what introduces each. What a format does not say is told
 * from the words: questions and their answers, items with a marker, captions with a number. Not
 * thread-safe.
 */
final class BlockKinds {
  private static final int LONGEST_QUESTION = 200;
  private static final int LONGEST_CAPTION = 160;
  private static final int LONGEST_LEAD = 200;

  private static final int END_OF_TEXT = 60;

  private static final Pattern ENDS_A_SENTENCE = Pattern.compile("(?s).*[.。!！?？;；]\\s*");
  private static final Pattern ASKS =
      Pattern.compile(
          "(?s).*[?？][”’」』）》】\")\\]]*|(?:问|Q|Question)\\s*\\d{0,3}\\s*[:：.、].*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ANSWERS =
      Pattern.compile("(?s)(?:答|A|Answer)\\s*\\d{0,3}\\s*[:：.、].*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ANNOUNCES =
      Pattern.compile(
          "(?s).*(?:[:：]|如下[。.]?|\\bas follows[.:]?|\\bthe following[.:]?)\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKED_ITEM =
      Pattern.compile(
          "(?s)(?:[-•·▪◦●○■□*–]\\s|[(（]?(?:\\d{1,3}|[a-z]|[ivx]{1,4})[.)）]\\s"
              + "|[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳]).*");
  private static final Pattern NUMBERED_CAPTION =
      Pattern.compile(
          "(?:(?i:table|tab\\.|figure|fig\\.|chart|exhibit)\\s*|[附续續]?[表图圖])\\s?"
              + "(?:(?:[A-Z]\\.?)?\\d{1,3}(?:[-.–]\\d{1,3})*|[一二三四五六七八九十]{1,3})[\\s.:：、].*");
  private static final Pattern OF_PICTURE =
      Pattern.compile("(?:(?i:figure|fig\\.|chart)\\s|[附续續]?[图圖]\\s?[\\dA-Z一二三四五六七八九十]).*");
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?s)第[\\d零〇一二三四五六七八九十百千]{1,8}[条條款項项].*"
              + "|(?i:article|section|clause)\\s+\\d.*|§\\s?\\d.*|\\d{1,3}(?:\\.\\d{1,3})+\\s.*");

  private Optional<String> question = Optional.empty();
  private Optional<String> announcement = Optional.empty();
  private boolean listing;

  /**
   * What a block is.
   *
   * @param lead what introduces it
   */
  record Told(Kind kind, Optional<String> lead) {}

  /** The next block's kind. */
  Told next(Block block) {
    return switch (block) {
      case Block.Heading heading -> heading(heading);
      case Block.Row row -> alone(Kind.ROW);
      case Block.Preformatted code -> new Told(Kind.CODE, introducing());
      case Block.Paragraph paragraph -> paragraph(paragraph);
    };
  }

  /** Whether a paragraph is a numbered rule, which is quoted and read as one. */
  static boolean isClause(String text) {
    return CLAUSE.matcher(text).matches();
  }

  private Told heading(Block.Heading heading) {
    forget();
    if (asks(heading.text())) {
      question = Optional.of(lead(heading.text()));
    }
    return new Told(Kind.HEADING, Optional.empty());
  }

  private Told paragraph(Block.Paragraph paragraph) {
    String text = paragraph.text();
    switch (paragraph.role()) {
      case CAPTION -> {
        return alone(Kind.CAPTION);
      }
      case NOTE -> {
        return alone(Kind.NOTE);
      }
      case LIST_ITEM, TEXT -> {}
    }
    if (isCaption(text)) {
      return alone(Kind.CAPTION);
    }
    boolean item = paragraph.role() == Block.Role.LIST_ITEM || MARKED_ITEM.matcher(text).matches();
    if (!item && asks(text)) {
      forget();
      question = Optional.of(lead(text));
      return new Told(Kind.QUESTION, Optional.empty());
    }
    return item ? item() : running(text);
  }

  private Told item() {
    listing = true;
    return new Told(Kind.LIST_ITEM, introducing());
  }

  /** An answer is one paragraph, or what it announces too. */
  private Told running(String text) {
    Optional<String> asked = question;
    boolean announces = announces(text) || isClause(text);
    boolean answers = asked.isPresent() && !listing;
    forget();
    if (announces) {
      announcement = Optional.of(lead(text));
    }
    return answers || (asked.isPresent() && ANSWERS.matcher(text).matches())
        ? new Told(Kind.ANSWER, asked)
        : new Told(Kind.PARAGRAPH, Optional.empty());
  }

  private Optional<String> introducing() {
    return announcement.or(() -> question);
  }

  private Told alone(Kind kind) {
    forget();
    return new Told(kind, Optional.empty());
  }

  /** What was asked or announced before stands before nothing any more. */
  void forget() {
    question = Optional.empty();
    announcement = Optional.empty();
    listing = false;
  }

  /** A sentence about a table begins like its caption. */
  static boolean isCaption(String text) {
    return text.length() <= LONGEST_CAPTION
        && NUMBERED_CAPTION.matcher(text).matches()
        && !ENDS_A_SENTENCE.matcher(text).matches();
  }

  /** Whether a caption says that it belongs to a picture. */
  static boolean isOfPicture(String caption) {
    return OF_PICTURE.matcher(caption).matches();
  }

  static boolean announces(String text) {
    return ANNOUNCES.matcher(text.substring(Math.max(0, text.length() - END_OF_TEXT))).matches();
  }

  private static boolean asks(String text) {
    return text.length() <= LONGEST_QUESTION && ASKS.matcher(text).matches();
  }

  /** Enough of it to know what follows. */
  static String lead(String text) {
    String line = text.strip().replaceAll("\\s*\\n\\s*", " ");
    return TextSize.start(line, LONGEST_LEAD * 3);
  }
}

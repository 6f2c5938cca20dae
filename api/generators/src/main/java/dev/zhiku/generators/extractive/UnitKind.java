package dev.zhiku.generators.extractive;

import dev.zhiku.answering.grounding.QuotableSentences;
import dev.zhiku.index.TextBlock;
import java.util.regex.Pattern;

/** What a unit of a passage is there for, told by its looks. */
enum UnitKind {
  /** Says what follows is about. */
  HEADING,
  /** Asks, as in a list of questions and answers. */
  QUESTION,
  /** Announces a list, a command or a form: it ends with a colon or with "as follows". */
  ANNOUNCEMENT,
  /** An item of a list or a row of a table. */
  MEMBER,
  SENTENCE;

  private static final Pattern ASKS =
      Pattern.compile(
          "[?？][”’」』）》】\")\\]]*$|^(?:问|Q|Question)\\s*\\d{0,3}\\s*[:：.、]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ANNOUNCES =
      Pattern.compile(
          "[:：]\\s*$|如下[。.]?$|\\bas follows\\.?$|\\bthe following\\.?$", Pattern.CASE_INSENSITIVE);

  /**
   * The kind of a unit.
   *
   * @param first whether it begins its passage
   * @param last whether nothing follows it
   */
  static UnitKind of(String text, boolean first, boolean last) {
    String line = text.strip();
    if (!last && ASKS.matcher(line).find()) {
      return QUESTION;
    }
    if (!last && ANNOUNCES.matcher(line).find()) {
      return ANNOUNCEMENT;
    }
    if (Headings.isHeading(line, first)) {
      return HEADING;
    }
    return ofMember(line);
  }

  /** The kind of a unit that an announcement stands before. */
  static UnitKind ofMember(String text) {
    return QuotableSentences.isMember(text) ? MEMBER : SENTENCE;
  }

  /** The kind where the document says what the block is; its looks decide what that leaves open. */
  UnitKind knownAs(TextBlock.Kind block, String text) {
    return switch (block) {
      case HEADING -> leads() ? this : HEADING;
      case ROW -> MEMBER;
      case CODE -> this == HEADING ? SENTENCE : this;
      case CAPTION -> Headings.endsSentence(text) || leads() ? this : HEADING;
      case LIST_ITEM -> this == HEADING ? MEMBER : this;
      case PARAGRAPH, QUESTION, ANSWER, NOTE -> this;
    };
  }

  /** Whether it only asks or announces: it hands its words to what follows. */
  boolean leads() {
    return this == HEADING || this == QUESTION || this == ANNOUNCEMENT;
  }
}

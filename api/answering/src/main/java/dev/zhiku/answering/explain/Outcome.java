package dev.zhiku.answering.explain;

import dev.zhiku.answering.grounding.EvidenceFigures.Ground;
import dev.zhiku.answering.problem.AnsweringText;
import dev.zhiku.answering.search.DocumentTrace.Meaning;
import dev.zhiku.answering.search.DocumentTrace.Standing;
import dev.zhiku.index.message.Phrase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reason why a document is used for the answer to a question, or is not. */
public enum Outcome {
  /** The text is a greeting or the like, for which nothing is searched. */
  SMALL_TALK("explain.small-talk"),
  /** The index holds no passage of the document. */
  NOT_INDEXED("explain.not-indexed"),
  /** The answer may use it. */
  USED("explain.used"),
  /** It was found, but a phrase in quotation marks stands nowhere. */
  PHRASE_NOWHERE("explain.phrase-nowhere"),
  /** It was found, but a name in the question stands in no document. */
  NAME_NOWHERE("explain.name-nowhere"),
  /** It was found, but what is asked for stands nowhere near in its form. */
  FORM_NOWHERE("explain.form-nowhere"),
  /** It was found, but what was found has too little to do with the question. */
  TOO_LITTLE("explain.too-little"),
  /** No list has it among its first. */
  UNRANKED("explain.unranked"),
  /** The same, and the question is in another language, so that words alone could find it. */
  OTHER_LANGUAGE("explain.other-language"),
  /** It lacks a phrase that the question has in quotation marks. */
  WITHOUT_PHRASE("explain.without-phrase"),
  /** The question asks for another edition of it. */
  OTHER_EDITION("explain.other-edition"),
  /** Another passage says the same. */
  DUPLICATE("explain.duplicate"),
  /** The page that the question names was looked up in another document. */
  OTHER_PAGE("explain.other-page"),
  /** Other documents have better passages. */
  OUTRANKED("explain.outranked");

  private final String key;

  Outcome(String key) {
    this.key = key;
  }

  /**
   * The same in words.
   *
   * @param values for the places of its sentence
   */
  Phrase sentence(@Nullable Object... values) {
    return AnsweringText.of(key, values);
  }

  /** Of a document of which the answer gets no passage. */
  static Outcome ofMissed(Standing best) {
    return switch (best.fate()) {
      case UNRANKED -> best.meaning() == Meaning.SEARCHED ? UNRANKED : OTHER_LANGUAGE;
      case WITHOUT_PHRASE -> WITHOUT_PHRASE;
      case OTHER_EDITION -> OTHER_EDITION;
      case DUPLICATE -> DUPLICATE;
      case OTHER_PAGE -> OTHER_PAGE;
      case GIVEN, BEYOND_SHARE, OUTRANKED -> OUTRANKED;
    };
  }

  /** Of a document of which the answer gets a passage, if it is given. */
  static Outcome ofGiven(Ground ground) {
    return switch (ground) {
      case WORDS, PAGE, NEAR, STANDS_OUT -> USED;
      case PHRASE_NOWHERE -> PHRASE_NOWHERE;
      case NAME_NOWHERE -> NAME_NOWHERE;
      case FORM_NOWHERE -> FORM_NOWHERE;
      case TOO_LITTLE -> TOO_LITTLE;
    };
  }

  /** As interfaces name it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

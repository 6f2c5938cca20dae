package dev.zhiku.answering.answer;

import dev.zhiku.answering.search.SmallTalk;
import dev.zhiku.index.embedding.Language;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Fixed sentences of the answers, in English and Chinese. */
final class AnswerTexts {
  private static final String BUNDLE = "dev.zhiku.answering.answer.answers";
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private AnswerTexts() {}

  /** That nothing in the collection supports an answer. */
  static String noEvidence(Language language) {
    return text(locale(language), "no-evidence");
  }

  /** What is replied to a text that asks nothing of the documents. */
  static String reply(Language language, SmallTalk said) {
    return text(locale(language), "reply." + said.name().toLowerCase(Locale.ROOT));
  }

  /**
   * What this is, what it searches, and how it is asked.
   *
   * @param files that are searched
   * @param names of some of them; may be none
   */
  static String about(Language language, int files, List<String> names) {
    String between = language == Language.CHINESE ? "、" : ", ";
    String named =
        names.isEmpty() ? "" : text(locale(language), "reply.named", String.join(between, names));
    return text(locale(language), "reply.about", files, named);
  }

  /** How a language model is told to answer. */
  static String system(Language language) {
    return text(locale(language), "system");
  }

  /** How a language model is told to take notes of a part of a document. */
  static String notesSystem(Language language) {
    return text(locale(language), "system.notes");
  }

  /** How a language model is told to answer from its notes. */
  static String fromNotesSystem(Language language) {
    return text(locale(language), "system.from-notes");
  }

  /** How a language model is told to make a follow-up self-contained. */
  static String followUpSystem(Language language) {
    return text(locale(language), "system.follow-up");
  }

  /** How a language model is told to talk without documents. */
  static String chatSystem(Language language) {
    return text(locale(language), "chat.system");
  }

  /** A client's wishes for the form of an answer, introduced as such. */
  static String wished(Language language, String wishes) {
    return text(locale(language), "system.wishes", wishes);
  }

  static String warning(Locale locale, Warning warning) {
    return text(locale, warning.code().wireName(), warning.values().toArray());
  }

  static String detail(Locale locale, String code) {
    return text(locale, code);
  }

  static String remedy(Locale locale, String code) {
    return text(locale, code + ".remedy");
  }

  /** The language of fixed sentences beside a text in this language. */
  static Locale locale(Language language) {
    return language == Language.CHINESE ? Locale.CHINESE : Locale.ENGLISH;
  }

  private static String text(Locale locale, String key, Object... values) {
    ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(values);
  }
}

package dev.zhiku.answering.answer;

import dev.zhiku.answering.question.SmallTalk;
import dev.zhiku.index.message.Messages;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Fixed sentences of the answers, in the languages of its bundle. */
final class AnswerTexts {
  private static final Messages MESSAGES = new Messages("dev.zhiku.answering.answer.answers");

  private AnswerTexts() {}

  /** That nothing in the collection supports an answer. */
  static String noEvidence(Locale locale) {
    return text(locale, "no-evidence");
  }

  /** The reply to a text that asks nothing of the documents. */
  static String reply(Locale locale, SmallTalk said) {
    return text(locale, "reply." + said.name().toLowerCase(Locale.ROOT));
  }

  /**
   * A description of the service: its purpose, the files it searches, how it is asked.
   *
   * @param files that are searched
   * @param names of some of them; may be none
   */
  static String about(Locale locale, int files, List<String> names) {
    String named =
        names.isEmpty() ? "" : text(locale, "reply.named", String.join(between(locale), names));
    return text(locale, "reply.about", files, named);
  }

  /** How a language model is told to answer. */
  static String system(Locale locale) {
    return text(locale, "system");
  }

  /** How a language model is told to take notes of a part of a document. */
  static String notesSystem(Locale locale) {
    return text(locale, "system.notes");
  }

  /** How a language model is told to answer from its notes. */
  static String fromNotesSystem(Locale locale) {
    return text(locale, "system.from-notes");
  }

  /** How a language model is told to make a follow-up self-contained. */
  static String followUpSystem(Locale locale) {
    return text(locale, "system.follow-up");
  }

  /** How a language model is told to talk without documents. */
  static String chatSystem(Locale locale) {
    return text(locale, "chat.system");
  }

  /** A client's wishes for the form of an answer, introduced as such. */
  static String wished(Locale locale, String wishes) {
    return text(locale, "system.wishes", wishes);
  }

  /** The demand for the language of the question, of a model that answered in another. */
  static String inLanguage(Locale locale) {
    return text(locale, "system.language");
  }

  static String warning(Locale locale, Warning warning) {
    Object[] values = warning.values().stream().map(value -> enumerated(locale, value)).toArray();
    return text(locale, warning.code().wireName(), values);
  }

  /** Names are told one after the other. */
  private static Object enumerated(Locale locale, Object value) {
    return value instanceof List<?> names
        ? names.stream().map(String::valueOf).collect(Collectors.joining(between(locale)))
        : value;
  }

  private static String between(Locale locale) {
    return text(locale, "reply.between");
  }

  static String detail(Locale locale, String code) {
    return text(locale, code);
  }

  static String remedy(Locale locale, String code) {
    return text(locale, code + ".remedy");
  }

  private static String text(Locale locale, String key, Object... values) {
    return MESSAGES.text(locale, key, values);
  }
}

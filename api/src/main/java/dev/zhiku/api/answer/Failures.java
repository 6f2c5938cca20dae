package dev.zhiku.api.answer;

import dev.zhiku.api.answer.AnswerEvent.Failed;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Locale;

/** What is told of an answer that a model did not give, or not to its end. Pure. */
final class Failures {
  private static final String NO_MODEL = "no-model";
  private static final String EXHAUSTED = "reasoning-exhausted";
  private static final String TOO_LONG = "prompt-too-long";

  /** Those that have remedies of their own where the model is talked to alone. */
  private static final List<String> OF_CHAT = List.of(EXHAUSTED, TOO_LONG);

  private static final List<String> LASTING = List.of(NO_MODEL, TOO_LONG, "model-missing");

  private Failures() {}

  /** Stable and kebab-case. */
  static String code(ChatException failure) {
    return switch (failure) {
      case ChatException.Unreachable unreachable -> "model-unreachable";
      case ChatException.TimedOut timedOut -> "model-timeout";
      case ChatException.ModelMissing missing -> "model-missing";
      case ChatException.Overloaded overloaded -> "model-failed";
      case ChatException.PromptTooLong tooLong -> "model-failed";
      case ChatException.Refused refused -> "model-failed";
      case ChatException.Broken broken -> "model-failed";
    };
  }

  /** It broke off; what was written so far stands. */
  static Failed brokenOff(AnswerDraft draft, String code) {
    return failed(draft, code, "broken." + code, code, locale(draft.question()));
  }

  /** Somebody talks to the model alone, and none is configured. */
  static Failed noModel(AnswerDraft draft) {
    return failed(draft, NO_MODEL, NO_MODEL, NO_MODEL, locale(draft.question()));
  }

  /** It did not begin, where nobody stands in. */
  static Failed unanswered(AnswerDraft draft, String code) {
    String detail = "chat." + code;
    String remedy = OF_CHAT.contains(code) ? detail : code;
    return failed(draft, code, detail, remedy, locale(draft.question()));
  }

  /** Question and conversation alone are more than the model takes, where nobody stands in. */
  static Failed tooLong(AnswerDraft draft) {
    return unanswered(draft, TOO_LONG);
  }

  /** The model thought until its budget was used up, where nobody stands in. */
  static Failed exhausted(AnswerDraft draft) {
    return unanswered(draft, EXHAUSTED);
  }

  /** Who talks to a model is told in the language of the question what is wrong. */
  private static Locale locale(Question question) {
    return question.mode() == Question.Mode.CHAT
        ? AnswerTexts.locale(Language.of(question.text()))
        : question.locale();
  }

  private static Failed failed(
      AnswerDraft draft, String code, String detail, String remedy, Locale locale) {
    return new Failed(
        draft.id(),
        code,
        AnswerTexts.detail(locale, detail),
        AnswerTexts.remedy(locale, remedy),
        !LASTING.contains(code));
  }
}

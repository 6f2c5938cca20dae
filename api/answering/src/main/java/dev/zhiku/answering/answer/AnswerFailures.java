package dev.zhiku.answering.answer;

import static dev.zhiku.answering.answer.FailureCode.FORMAT_UNSUPPORTED;
import static dev.zhiku.answering.answer.FailureCode.NO_MODEL;
import static dev.zhiku.answering.answer.FailureCode.PROMPT_TOO_LONG;
import static dev.zhiku.answering.answer.FailureCode.REASONING_EXHAUSTED;
import static dev.zhiku.answering.answer.FailureCode.TOOLS_UNSUPPORTED;

import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.index.embedding.Language;
import java.util.Locale;
import java.util.Set;

/** The failures and warnings of answers that a model did not give, or not to the end. Pure. */
final class AnswerFailures {
  /** Those that have remedies of their own where the model is talked to alone. */
  private static final Set<FailureCode> OF_CHAT =
      Set.of(REASONING_EXHAUSTED, PROMPT_TOO_LONG, TOOLS_UNSUPPORTED, FORMAT_UNSUPPORTED);

  private AnswerFailures() {}

  /** The failure that ends the answer, where nobody stands in for the model. */
  static FailureCode code(ChatException failure) {
    return switch (failure) {
      case ChatException.Unreachable unreachable -> FailureCode.MODEL_UNREACHABLE;
      case ChatException.TimedOut timedOut -> FailureCode.MODEL_TIMEOUT;
      case ChatException.ModelMissing missing -> FailureCode.MODEL_MISSING;
      case ChatException.Overloaded overloaded -> FailureCode.MODEL_FAILED;
      case ChatException.PromptTooLong tooLong -> FailureCode.MODEL_FAILED;
      case ChatException.Refused refused -> FailureCode.MODEL_FAILED;
      case ChatException.Broken broken -> FailureCode.MODEL_FAILED;
    };
  }

  /** The reason why the documents are quoted, where quotes stand in for the model. */
  static WarningCode warning(ChatException failure) {
    return switch (failure) {
      case ChatException.Unreachable unreachable -> WarningCode.MODEL_UNREACHABLE;
      case ChatException.TimedOut timedOut -> WarningCode.MODEL_TIMEOUT;
      case ChatException.ModelMissing missing -> WarningCode.MODEL_MISSING;
      case ChatException.Overloaded overloaded -> WarningCode.MODEL_FAILED;
      case ChatException.PromptTooLong tooLong -> WarningCode.MODEL_FAILED;
      case ChatException.Refused refused -> WarningCode.MODEL_FAILED;
      case ChatException.Broken broken -> WarningCode.MODEL_FAILED;
    };
  }

  /** It broke off; what was written so far stands. */
  static Failed brokenOff(AnswerDraft draft, ChatException failure) {
    FailureCode code = code(failure);
    return failed(draft, code, "broken." + code.wireName(), code.wireName());
  }

  /** Somebody talks to the model alone, and none is configured. */
  static Failed noModel(AnswerDraft draft) {
    return failed(draft, NO_MODEL, NO_MODEL.wireName(), NO_MODEL.wireName());
  }

  /** It did not begin, where nobody stands in. */
  static Failed unanswered(AnswerDraft draft, FailureCode code) {
    String detail = "chat." + code.wireName();
    String remedy = OF_CHAT.contains(code) ? detail : code.wireName();
    return failed(draft, code, detail, remedy);
  }

  private static Failed failed(AnswerDraft draft, FailureCode code, String detail, String remedy) {
    Locale locale = locale(draft.question());
    return new Failed(
        draft.id(), code, AnswerTexts.detail(locale, detail), AnswerTexts.remedy(locale, remedy));
  }

  /** Who talks to a model is told in the language of the question what is wrong. */
  private static Locale locale(Question question) {
    return question.mode() == Question.Mode.CHAT
        ? Language.localeOf(question.text())
        : question.locale();
  }
}

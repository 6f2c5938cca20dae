package dev.zhiku.answering.answer;

import java.util.Locale;

/**
 * Stable codes of the reasons why a generation broke off. Detail and remedy are in {@code
 * answers.properties} (English) and {@code answers_zh.properties}.
 */
public enum FailureCode {
  MODEL_UNREACHABLE(true),
  MODEL_TIMEOUT(true),
  MODEL_MISSING(false),
  MODEL_FAILED(true),
  NO_MODEL(false),
  PROMPT_TOO_LONG(false),
  REASONING_EXHAUSTED(true),
  TOOLS_UNSUPPORTED(false),
  FORMAT_UNSUPPORTED(false),
  STOPPED(true),
  INTERNAL_ERROR(false);

  private final boolean retryable;

  FailureCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether asking the same again may help. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Kebab-case name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

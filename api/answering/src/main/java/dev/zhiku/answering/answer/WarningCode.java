package dev.zhiku.answering.answer;

import java.util.Locale;

/**
 * Stable codes of what a reader should know beside an answer. Their sentences are in {@code
 * answers.properties} (English) and {@code answers_zh.properties}, which also say what the places
 * {@code {0}}, {@code {1}} stand for.
 */
public enum WarningCode {
  INDEXING,
  SOURCE_OFFLINE,
  INDEX_DAMAGED,
  INDEX_UNVERIFIED,
  DISK_FULL,
  CATALOGUE_UNAVAILABLE,
  LANGUAGE_UNSEARCHED,
  EMBEDDER_AWAY,
  OTHER_LANGUAGE,
  PHRASE_NOWHERE,
  NAME_NOWHERE,
  CONFLICTING_VERSIONS,
  CONTEXT_CUT,
  PART_OF_DOCUMENT,
  BUDGET_OFF,
  UNVERIFIED,
  REASONING_EXHAUSTED,
  MODEL_UNSUPPORTED,
  MODEL_REPEATED,
  MODEL_STRAYED,
  MODEL_LANGUAGE,
  NOT_FROM_DOCUMENTS,
  FOLLOW_UP_BY_RULE,
  FIXED_REPLY,
  MODEL_UNREACHABLE,
  MODEL_TIMEOUT,
  MODEL_MISSING,
  MODEL_FAILED;

  /** Kebab-case name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

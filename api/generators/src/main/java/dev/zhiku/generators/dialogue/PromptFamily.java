package dev.zhiku.generators.dialogue;

import dev.zhiku.generators.PromptForm;
import java.util.Locale;

/**
 * Families of models by the form of prompt that they were trained on: who gets the rules, how
 * passages are fenced, how a citation is asked for, and how thinking is switched off.
 */
public enum PromptFamily {
  /** Rules in the system's turn, passages in tags, {@code [1]}; for models of no other family. */
  PLAIN,
  /** DeepSeek R1 and its distills: no turn of the system, results of a search, [citation:1]. */
  DEEPSEEK_R1,
  /** DeepSeek V3 and R1-0528: as R1, with a turn of the system. */
  DEEPSEEK,
  /** Qwen 3: as {@link #PLAIN}, and thinking is switched off in the text. */
  QWEN3;

  private static final String NEW_R1 = "0528";

  /** Kebab-case name, as it is shown. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The family of a model.
   *
   * @param chosen by configuration; wins over what the name tells
   * @param name as its server or its file has it
   * @param architecture such as {@code qwen2}; empty where it is not known
   */
  public static PromptFamily of(PromptForm chosen, String name, String architecture) {
    return switch (chosen) {
      case AUTO -> told(name, architecture);
      case PLAIN -> PLAIN;
      case DEEPSEEK_R1 -> DEEPSEEK_R1;
      case DEEPSEEK -> DEEPSEEK;
      case QWEN3 -> QWEN3;
    };
  }

  private static PromptFamily told(String name, String architecture) {
    String known = name.toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "-");
    boolean qwen3 = architecture.toLowerCase(Locale.ROOT).startsWith("qwen3");
    if (known.matches(".*deepseek.*\\br1\\b.*|.*\\br1-distill.*")) {
      return known.contains(NEW_R1) || qwen3 ? DEEPSEEK : DEEPSEEK_R1;
    }
    if (known.contains("deepseek")) {
      return DEEPSEEK;
    }
    return qwen3 || known.matches(".*qwen-?3(\\D.*)?") ? QWEN3 : PLAIN;
  }

  boolean hasSystem() {
    return this != DEEPSEEK_R1;
  }

  boolean readsResults() {
    return this == DEEPSEEK || this == DEEPSEEK_R1;
  }
}

package dev.zhiku.generators;

/** {@code zhiku.generator.prompt-form}: in which form prompts are written for the model. */
public enum PromptForm {
  /** As the name and the architecture of the model tell. */
  AUTO,
  PLAIN,
  DEEPSEEK_R1,
  DEEPSEEK,
  QWEN3
}

package dev.zhiku.generators.dialogue;

import java.util.regex.Pattern;

/**
 * Takes their power from character sequences that a chat template or this prompt reads as more than
 * text: ends of turns, roles, marks of reasoning, the fence around a passage. What is left reads
 * the same to a person. Pure.
 */
final class SpecialTokens {
  /**
   * The marks of ChatML and Qwen, DeepSeek (with its wide bars), Llama 2 and 3, Gemma and Mistral,
   * and the tags of this prompt.
   */
  private static final Pattern BRACKETED =
      Pattern.compile(
          "<(?=[|｜]|/?s>|/?think|/?start_of_turn|/?end_of_turn|/?(bos|eos|unk|pad)>|<SYS>>|</SYS>>"
              + "|/?passage|/?question)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SQUARE =
      Pattern.compile(
          "\\[(?=/?(INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)]"
              + "|webpage \\d+ (begin|end)]|file name]|file content (begin|end)])");

  private SpecialTokens() {}

  /** The text with its opening brackets exchanged for look-alikes where they would have power. */
  static String neutralised(String text) {
    String angles = BRACKETED.matcher(text).replaceAll("‹");
    return SQUARE.matcher(angles).replaceAll("〔");
  }
}

package dev.zhiku.generators.dialogue;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.chat.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as the turns of a conversation, in the form of a model's family. Passages stand fenced
 * and numbered before the first question, so that what a document says is data and that follow-ups
 * over the same passages begin alike: a server reads what it has in its cache only once. Pure.
 */
public final class Dialogue {
  private static final String CITATION = "[1]";
  private static final String CITATION_OF_RESULT = "[citation:1]";

  /** Switches the thinking of Qwen 3 off for this turn. */
  private static final String NO_THINKING = " /no_think";

  private Dialogue() {}

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
  }

  /**
   * One turn.
   *
   * @param text without any mark that a chat template would follow
   * @param calls of tools that the model asked for
   * @param answered id of the call that a tool replies to; empty text for others
   */
  public record Message(Role role, String text, List<ToolCall> calls, String answered) {
    public Message {
      calls = List.copyOf(calls);
    }

    /** Words alone. */
    public Message(Role role, String text) {
      this(role, text, List.of(), "");
    }
  }

  /**
   * The rules, as the system's turn if the family has one, the passages before the first question,
   * later turns, and the question last; behind it calls of tools and their replies.
   */
  public static List<Message> of(Prompt prompt, PromptFamily family) {
    List<Message> messages = new ArrayList<>();
    String rules = rules(prompt, family);
    String begin = passages(prompt, family);
    if (family.hasSystem()) {
      messages.add(new Message(Role.SYSTEM, rules));
    } else {
      begin = rules + "\n\n" + begin;
    }
    boolean silent = family == PromptFamily.QWEN3 && !prompt.reasoning();
    List<Message> turns = new ArrayList<>();
    prompt.history().forEach(turn -> turns.add(earlier(turn)));
    String asked = SpecialTokens.neutralised(prompt.question());
    turns.add(new Message(Role.USER, silent ? asked + NO_THINKING : asked));
    for (Message turn : turns) {
      boolean first = turn.role() == Role.USER && !begin.isEmpty();
      messages.add(first ? new Message(Role.USER, begin + turn.text()) : turn);
      begin = first ? "" : begin;
    }
    prompt.handover().later().forEach(turn -> messages.add(earlier(turn)));
    return List.copyOf(messages);
  }

  private static String rules(Prompt prompt, PromptFamily family) {
    String rules = SpecialTokens.neutralised(prompt.system());
    return family.readsResults() ? rules.replace(CITATION, CITATION_OF_RESULT) : rules;
  }

  private static Message earlier(Turn turn) {
    return switch (turn.role()) {
      case USER -> new Message(Role.USER, SpecialTokens.neutralised(turn.content()));
      case ASSISTANT ->
          new Message(
              Role.ASSISTANT,
              SpecialTokens.neutralised(ReasoningTags.withoutReasoning(turn.content())),
              turn.calls(),
              "");
      case TOOL ->
          new Message(
              Role.TOOL, SpecialTokens.neutralised(turn.content()), List.of(), turn.answered());
    };
  }

  private static String passages(Prompt prompt, PromptFamily family) {
    StringBuilder text = new StringBuilder();
    for (Prompt.Source source : prompt.passages()) {
      text.append(family.readsResults() ? result(source) : passage(source));
    }
    return text.toString();
  }

  private static String passage(Prompt.Source source) {
    return "<passage number=\""
        + source.number()
        + (source.goesOn() ? "\" continues=\"" + (source.number() - 1) : "")
        + (source.label().isEmpty() ? "" : "\" of=\"" + attribute(source.label()))
        + "\">\n"
        + SpecialTokens.neutralised(source.text())
        + "\n</passage>\n\n";
  }

  /** As the family has the results of a search, with the title as their first line. */
  private static String result(Prompt.Source source) {
    return "[webpage "
        + source.number()
        + " begin]\n"
        + (source.goesOn() ? "…" : "")
        + attribute(source.label())
        + "\n"
        + SpecialTokens.neutralised(source.text())
        + "\n[webpage "
        + source.number()
        + " end]\n\n";
  }

  private static String attribute(String title) {
    return SpecialTokens.neutralised(title).replace('"', '\'').replace('>', '›').replace('\n', ' ');
  }
}

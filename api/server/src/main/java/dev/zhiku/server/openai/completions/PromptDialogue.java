package dev.zhiku.server.openai.completions;

import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of a prompt. Clients that know no messages write a conversation as one text: each
 * message begins a line with who speaks and a colon, and the last line leaves the word to the
 * assistant. Any other prompt is one message of the user. Pure.
 */
final class PromptDialogue {
  private static final Pattern SPEAKER =
      Pattern.compile("(?im)^[ \\t]*(system|user|human|assistant|ai):[ \\t]?");

  private static final Pattern WORD_LEFT =
      Pattern.compile("(?i)(?:^|\\n)[ \\t]*(?:assistant|ai):\\s*$");

  private PromptDialogue() {}

  static List<Message> of(String prompt) {
    Matcher speaker = SPEAKER.matcher(prompt);
    if (!WORD_LEFT.matcher(prompt).find()
        || !speaker.find()
        || !prompt.substring(0, speaker.start()).isBlank()) {
      return List.of(new Message(Role.USER, prompt));
    }
    List<Message> messages = new ArrayList<>();
    boolean more = true;
    while (more) {
      Role role = role(speaker.group(1));
      int from = speaker.end();
      more = speaker.find();
      String text = prompt.substring(from, more ? speaker.start() : prompt.length()).strip();
      if (!text.isEmpty()) {
        messages.add(new Message(role, text));
      }
    }
    return messages;
  }

  private static Role role(String speaker) {
    return switch (speaker.toLowerCase(Locale.ROOT)) {
      case "system" -> Role.SYSTEM;
      case "user", "human" -> Role.USER;
      default -> Role.ASSISTANT;
    };
  }
}

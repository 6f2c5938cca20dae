package dev.zhiku.server.openai.webui;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which Open WebUI sends a question along with files or with what it found on the web:
 * instructions, the texts as {@code <source>} between {@code <context>} and {@code </context>}, and
 * the question behind. Pure.
 */
public final class ContextTemplate {
  private static final Pattern BEGIN = Pattern.compile("<context>\\s*<source\\b");

  private static final String END = "</context>";

  private ContextTemplate() {}

  /** Whether a text begins to be of this form; its end need not be there. */
  public static boolean beginsIn(String text) {
    return BEGIN.matcher(text).find();
  }

  /** The question alone; empty if the text is not of this form, or holds none behind the texts. */
  public static Optional<String> question(String text) {
    Matcher begin = BEGIN.matcher(text);
    int end = text.lastIndexOf(END);
    if (!begin.find() || end < begin.end()) {
      return Optional.empty();
    }
    return Optional.of(text.substring(end + END.length()).strip()).filter(q -> !q.isEmpty());
  }
}

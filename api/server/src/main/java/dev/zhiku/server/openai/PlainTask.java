package dev.zhiku.server.openai;

import dev.zhiku.answering.markdown.SafeMarkdown;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.server.openai.Message.Role;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What chat clients ask for themselves, by a rule that needs no model: the title is the beginning
 * of the first question, the summary its questions one under the other, and there is nothing to
 * suggest. Thread-safe.
 */
public final class PlainTask {
  private static final int TITLE_HAN = 16;
  private static final int TITLE_WORDS = 6;
  private static final int TITLE_CHARS = 50;
  private static final int SUMMARY_LINES = 20;
  private static final int SUMMARY_CHARS = 200;

  private static final Pattern SAID_BY_USER =
      Pattern.compile(
          "^\\s*(?:user|用户)\\s*[:：]\\s*(\\S.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** A conversation between lines of backticks or dashes. */
  private static final Pattern FENCED =
      Pattern.compile("^\\s*(?:`{3,}|-{5,})\\s*$\\s*^(.*\\S.*)$", Pattern.MULTILINE);

  private static final Pattern WANTS_JSON = Pattern.compile("\"title\"\\s*:");
  private static final Pattern LAST_STOP = Pattern.compile("[\\s\\p{Punct}？。！，；：、…]+$");

  private final JsonMapper json;

  public PlainTask(JsonMapper json) {
    this.json = json;
  }

  /** In the form that the client expects; perhaps empty. */
  String answer(ClientTask task) {
    return switch (task.kind()) {
      case TITLE -> title(task);
      case TAGS -> write(Map.of("tags", List.of()));
      case FOLLOW_UPS -> write(Map.of("follow_ups", List.of()));
      case QUERIES -> write(Map.of("queries", List.of()));
      case COMPLETION -> write(Map.of("text", ""));
      case IMAGE -> write(Map.of("prompt", ""));
      case EMOJI -> "";
      case SUMMARY -> summary(task);
    };
  }

  private String title(ClientTask task) {
    String title = shortened(firstQuestion(task));
    boolean asJson = WANTS_JSON.matcher(task.prompt()).find();
    return asJson ? write(Map.of("title", title)) : SafeMarkdown.of(title);
  }

  /** As it stands in the prompt, or else in the conversation before it. */
  private static String firstQuestion(ClientTask task) {
    return first(SAID_BY_USER, task.prompt())
        .or(() -> first(FENCED, task.prompt()))
        .or(() -> said(task).findFirst())
        .orElse(task.prompt());
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static Stream<String> said(ClientTask task) {
    return task.before().stream()
        .filter(message -> message.role() == Role.USER && !message.text().isBlank())
        .map(Message::text);
  }

  private static String shortened(String question) {
    String line = question.strip().lines().findFirst().orElse("").strip();
    String begun =
        Language.of(line) == Language.CHINESE
            ? cut(line, TITLE_HAN)
            : cut(words(line), TITLE_CHARS);
    return LAST_STOP.matcher(begun).replaceAll("");
  }

  private static String words(String line) {
    return Stream.of(line.split("\\s+")).limit(TITLE_WORDS).collect(Collectors.joining(" "));
  }

  private static String summary(ClientTask task) {
    return said(task)
        .limit(SUMMARY_LINES)
        .map(text -> "- " + cut(text.strip().replaceAll("\\s+", " "), SUMMARY_CHARS))
        .map(SafeMarkdown::of)
        .collect(Collectors.joining("\n"));
  }

  private static String cut(String text, int maxChars) {
    return text.codePointCount(0, text.length()) <= maxChars
        ? text
        : text.substring(0, text.offsetByCodePoints(0, maxChars));
  }

  private String write(Map<String, ?> value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

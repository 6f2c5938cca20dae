package dev.zhiku.server.openai;

import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.webui.ContextTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a chat client asks for itself and shows around the conversation: a title, tags,
 * what might be asked next, a summary for later. It reaches the same address as the questions, and
 * the documents have nothing to say to it. Recognised by how the clients word it.
 *
 * @param prompt what the model is asked, never blank
 * @param instructions what the client tells the model beside it
 * @param before the conversation it is about, where the prompt does not hold it
 */
public record ClientTask(Kind kind, String prompt, String instructions, List<Message> before) {
  /** What is asked for. */
  public enum Kind {
    /** A few words that name the conversation. */
    TITLE,
    /** Tags for it. */
    TAGS,
    /** What the user might ask next. */
    FOLLOW_UPS,
    /** What to search the web for. */
    QUERIES,
    /** The rest of what the user is typing. */
    COMPLETION,
    /** A description of a picture to be made. */
    IMAGE,
    /** One that fits the mood. */
    EMOJI,
    /** What was said so far, in short. */
    SUMMARY
  }

  /**
   * How a task begins.
   *
   * @param words matched at the beginning of a message
   */
  private record Opening(Kind kind, Pattern words) {
    Opening(Kind kind, String words) {
      this(kind, Pattern.compile("\\s*" + words, Pattern.CASE_INSENSITIVE));
    }
  }

  private static final String TASK = "#+ *task:?\\s*";

  /** Open WebUI, Chatbox, NextChat, Page Assist. */
  private static final List<Opening> OPENINGS =
      List.of(
          new Opening(Kind.TITLE, TASK + "(generate|create|write)\\b[^\\n]{0,80}\\btitle\\b"),
          new Opening(Kind.TAGS, TASK + "(generate|create)\\b[^\\n]{0,80}\\btags\\b"),
          new Opening(Kind.FOLLOW_UPS, TASK + "suggest\\b[^\\n]{0,80}\\bfollow-?ups?\\b"),
          new Opening(Kind.FOLLOW_UPS, TASK + "predict\\b[^\\n]{0,40}\\bmessages\\b"),
          new Opening(Kind.SUMMARY, TASK + "summari[sz]e\\b[^\\n]{0,40}\\bconversation history\\b"),
          new Opening(Kind.QUERIES, TASK + "analy[sz]e\\b[^\\n]{0,120}\\bquer(y|ies)\\b"),
          new Opening(Kind.COMPLETION, TASK + "you are an autocompletion\\b"),
          new Opening(Kind.IMAGE, TASK + "generate\\b[^\\n]{0,60}\\bimage generation\\b"),
          new Opening(Kind.EMOJI, "your task is to reflect\\b[^\\n]{0,120}\\bemoji\\b"),
          new Opening(
              Kind.TITLE,
              "based on the chat history,? (please )?give this conversation a (name|title)\\b"),
          new Opening(
              Kind.TITLE, "please generate a [^\\n]{0,40}\\btitle summarizing our conversation\\b"),
          new Opening(Kind.TITLE, "(请)?使用四到五个字直接返回这句话的简要主题"),
          new Opening(
              Kind.SUMMARY,
              "summari[sz]e the discussion briefly in \\d+ words\\b[^\\n]{0,80}\\bcontext\\b"),
          new Opening(Kind.SUMMARY, "简要总结一下(你和用户的)?对话(内容)?，用作后续的上下文提示"));

  /** LobeChat and Cherry Studio say in the system's message what they want. */
  private static final List<Opening> ROLES =
      List.of(
          new Opening(
              Kind.TITLE,
              "you (are|need)\\b[^\\n]{0,60}\\bsummari[sz]e\\b[^\\n]{0,60}\\bconversations?\\b[^\\n]{0,40}\\btitles?\\b"),
          new Opening(
              Kind.TITLE,
              "you are [^\\n]{0,40}\\bconversation summari[sz]er\\b[^\\n]{0,40}\\btitle\\b"),
          new Opening(Kind.TITLE, "你是一名擅长会话的助理[^\\n]{0,40}标题"),
          new Opening(
              Kind.SUMMARY,
              "you('re| are) an? assistant [^\\n]{0,60}\\b(takeaways|summari[sz]ing)\\b[^\\n]{0,60}\\bconversations?\\b"));

  /** Page Assist puts the conversation before the task. */
  private static final Pattern TITLE_BEHIND =
      Pattern.compile(
          "(?is)here is the query:.*create a concise, [^\\n]{0,30}\\btitle for the previous query\\b.*");

  /**
   * However Open WebUI words a task, it says in which field of a JSON object it wants the answer.
   * What was said in the conversation stands behind a heading of its own and is not looked at. A
   * question that comes with files is none.
   */
  private static final Pattern BEGINNING = Pattern.compile("\\s*" + TASK, Pattern.CASE_INSENSITIVE);

  private static final Pattern CONVERSATION =
      Pattern.compile("(?i)#+ *chat history|<chat_history>");

  private static final Pattern FIELD =
      Pattern.compile("\"(title|tags|follow_ups|queries)\"\\s*:\\s*[\\[\"]");

  private static final Map<String, Kind> FIELDS =
      Map.of(
          "title", Kind.TITLE,
          "tags", Kind.TAGS,
          "follow_ups", Kind.FOLLOW_UPS,
          "queries", Kind.QUERIES);

  public ClientTask {
    before = List.copyOf(before);
  }

  /** The task that a request is, if it is one. */
  public static Optional<ClientTask> in(List<Message> messages) {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    Message last = messages.getLast();
    List<Message> before = messages.subList(0, messages.size() - 1);
    boolean replies = last.role() == Role.ASSISTANT || last.role() == Role.TOOL;
    Optional<Kind> asked = replies ? Optional.empty() : opened(last.text());
    if (asked.isPresent()) {
      return Optional.of(
          new ClientTask(asked.get(), last.text().strip(), instructions(before), before));
    }
    Message first = messages.getFirst();
    return first.role() == Role.SYSTEM && last.role() == Role.USER && !last.text().isBlank()
        ? opened(first.text(), ROLES)
            .map(kind -> new ClientTask(kind, last.text().strip(), first.text().strip(), before))
        : Optional.empty();
  }

  private static Optional<Kind> opened(String text) {
    return opened(text, OPENINGS)
        .or(() -> TITLE_BEHIND.matcher(text).matches() ? Optional.of(Kind.TITLE) : Optional.empty())
        .or(() -> asked(text));
  }

  /** By the field that the answer is wanted in. */
  private static Optional<Kind> asked(String text) {
    if (!BEGINNING.matcher(text).lookingAt()) {
      return Optional.empty();
    }
    Matcher conversation = CONVERSATION.matcher(text);
    String before = conversation.find() ? text.substring(0, conversation.start()) : text;
    if (ContextTemplate.beginsIn(before)) {
      return Optional.empty();
    }
    Matcher field = FIELD.matcher(before);
    return field.find() ? Optional.ofNullable(FIELDS.get(field.group(1))) : Optional.empty();
  }

  private static Optional<Kind> opened(String text, List<Opening> openings) {
    return openings.stream()
        .filter(opening -> opening.words().matcher(text).lookingAt())
        .map(Opening::kind)
        .findFirst();
  }

  private static String instructions(List<Message> before) {
    return before.stream()
        .filter(message -> message.role() == Role.SYSTEM)
        .map(Message::text)
        .findFirst()
        .orElse("");
  }
}

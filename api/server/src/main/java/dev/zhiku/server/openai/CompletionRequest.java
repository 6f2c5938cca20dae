package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.GenerationOptions;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.Filter;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.webui.ContextTemplate;
import dev.zhiku.server.query.AnswerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request for a completion, and the question it asks.
 *
 * @param model as the client wrote it
 * @param messages one or more, oldest first
 * @param includeUsage whether a stream ends with the counts of tokens
 * @param reasoning whether the model may think aloud first, if the client says
 * @param answerTokens most tokens of the answer
 * @param handover tools and form of the text, for the model alone
 */
public record CompletionRequest(
    String model,
    List<Message> messages,
    boolean stream,
    boolean includeUsage,
    Optional<Boolean> reasoning,
    Sampling sampling,
    Optional<Integer> answerTokens,
    Handover handover) {
  public CompletionRequest {
    messages = List.copyOf(messages);
  }

  /** For words alone. */
  public CompletionRequest(
      String model,
      List<Message> messages,
      boolean stream,
      boolean includeUsage,
      Optional<Boolean> reasoning,
      Sampling sampling,
      Optional<Integer> answerTokens) {
    this(model, messages, stream, includeUsage, reasoning, sampling, answerTokens, Handover.NONE);
  }

  /**
   * The last message of the user, with what was said before it. What stands behind it is a reply
   * that the client wants anew. Where documents are asked, files that the client puts before the
   * question are no part of it.
   *
   * @throws Problem if there is none, or it is too long or no text
   */
  public Question question(ModelName chosen, int topK, AnswerConfig answers) {
    int last = lastOfUser();
    Message asked = messages.get(last);
    if (asked.unread().isPresent()) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE,
          place(),
          ServerText.of("rule.readable-part", asked.unread().get()));
    }
    String text =
        chosen.mode() == Mode.CHAT
            ? asked.text().strip()
            : ContextTemplate.question(asked.text()).orElseGet(() -> asked.text().strip());
    int length = text.codePointCount(0, text.length());
    if (length > Question.maxChars(chosen.mode())) {
      throw new Problem(ProblemCode.QUESTION_TOO_LONG, Question.maxChars(chosen.mode()), length);
    }
    return new Question(
        text,
        topK,
        chosen.mode(),
        reasoning.orElse(answers.reasoning()),
        chosen.filter(),
        turns(messages.subList(0, last)),
        Language.localeOf(text),
        new GenerationOptions(instructions(), sampling, answerTokens, true, handedOver(last)));
  }

  /** What a client asks the model for itself, without a look into the documents. */
  public Question question(ClientTask task, int topK) {
    String text = cut(task.prompt(), Question.maxChars(Mode.CHAT));
    return new Question(
        text,
        topK,
        Mode.CHAT,
        false,
        new Filter.All(),
        turns(task.before()),
        Language.localeOf(text),
        new GenerationOptions(
            cut(task.instructions(), GenerationOptions.MAX_CHARS), sampling, answerTokens, true));
  }

  /** With what tools were asked and replied since the question. */
  private Handover handedOver(int question) {
    List<Message> behind = messages.subList(question + 1, messages.size());
    return behind.stream().anyMatch(Message::isOfTools)
        ? new Handover(
            handover.tools(),
            handover.choice(),
            behind.stream().filter(CompletionRequest::says).map(CompletionRequest::turn).toList(),
            handover.format())
        : handover;
  }

  private static boolean says(Message message) {
    return message.role() != Role.SYSTEM && (!message.text().isBlank() || message.isOfTools());
  }

  /** The addresses of the pictures of the question. */
  List<String> pictures() {
    return messages.get(lastOfUser()).pictures();
  }

  /** Where the question stands in a request for a chat. */
  String place() {
    return "messages[" + lastOfUser() + "].content";
  }

  /**
   * The same with what was read in the pictures of its question. The model alone reads a mark
   * before it; where documents are searched the mark would be searched too, so the system says it.
   *
   * @param texts cut at what a question may have
   */
  CompletionRequest withTexts(ModelName chosen, List<String> texts) {
    int last = lastOfUser();
    boolean alone = chosen.mode() == Mode.CHAT;
    String said = messages.get(last).text().strip();
    Locale locale = Language.localeOf(said.isEmpty() ? texts.getFirst() : said);
    String mark = alone ? ServerText.of("picture.text").in(locale) + "\n" : "";
    String asked =
        Stream.concat(Stream.of(said), texts.stream().map(text -> mark + text))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n\n"));
    List<Message> read = new ArrayList<>(messages);
    read.set(last, new Message(Role.USER, cut(asked, Question.maxChars(chosen.mode()))));
    if (!alone) {
      read.addFirst(new Message(Role.SYSTEM, ServerText.of("picture.note").in(locale)));
    }
    return new CompletionRequest(
        model, read, stream, includeUsage, reasoning, sampling, answerTokens, handover);
  }

  private int lastOfUser() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      Message message = messages.get(i);
      if (message.role() == Role.USER && !message.isEmpty()) {
        return i;
      }
    }
    throw new Problem(
        ProblemCode.VALUE_OUT_OF_RANGE, "messages", ServerText.of("rule.user-message"));
  }

  private String instructions() {
    return cut(
        messages.stream()
            .filter(message -> message.role() == Role.SYSTEM)
            .map(Message::text)
            .collect(Collectors.joining("\n\n"))
            .strip(),
        GenerationOptions.MAX_CHARS);
  }

  /** The newest ones; the list of sources under an answer is no part of what was said. */
  private static List<Turn> turns(List<Message> before) {
    List<Turn> turns =
        before.stream().filter(CompletionRequest::says).map(CompletionRequest::turn).toList();
    return turns.subList(Math.max(0, turns.size() - Question.MAX_TURNS), turns.size());
  }

  private static Turn turn(Message message) {
    return switch (message.role()) {
      case SYSTEM, USER -> new Turn(Turn.Role.USER, cut(message.text(), Question.MAX_TURN_CHARS));
      case ASSISTANT ->
          new Turn(
              Turn.Role.ASSISTANT,
              cut(Footer.without(message.text()), Question.MAX_TURN_CHARS),
              message.calls(),
              "");
      case TOOL ->
          new Turn(
              Turn.Role.TOOL,
              cut(message.text(), Question.MAX_TURN_CHARS),
              List.of(),
              message.answered());
    };
  }

  private static String cut(String text, int maxChars) {
    return text.codePointCount(0, text.length()) <= maxChars
        ? text
        : text.substring(0, text.offsetByCodePoints(0, maxChars));
  }
}

package dev.zhiku.generators.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.PieceSorter;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.dialogue.StreamedTokens;
import dev.zhiku.generators.dialogue.TokenEstimate;
import dev.zhiku.index.message.Phrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How a prompt goes to a model server and its pieces come back, whatever the protocol. Thread-safe.
 */
public final class ServerWriter {
  private static final int FAR_BEYOND = 2;

  private final ModelServer server;
  private final ServerWatch watch;
  private final Timeouts timeouts;
  private final TokenEstimate estimate;

  /** Whether the model was seen to begin with reasoning that no tag opens. */
  private volatile boolean opensSilently;

  public ServerWriter(
      ModelServer server, ServerWatch watch, Timeouts timeouts, TokenEstimate estimate) {
    this.server = server;
    this.watch = watch;
    this.timeouts = timeouts;
    this.estimate = estimate;
  }

  /** What differs from protocol to protocol. */
  public interface Protocol {
    StreamingChatModel model(HttpClientBuilder transport);

    /**
     * @param maxTokens of answer and reasoning together
     */
    ChatRequest request(List<ChatMessage> messages, int maxTokens);

    /**
     * Reasoning that LangChain4j does not find in an event.
     *
     * @return empty text if there is none
     */
    default String reasoningOf(JsonNode event) {
      return "";
    }

    /** As {@link StreamedReply.Handler#complete}. */
    default void complete(ObjectNode request) {}

    /** As {@link StreamedReply.Handler#endedEarly}; empty for the words that hold everywhere. */
    default Optional<Phrase> endedEarly() {
      return Optional.empty();
    }

    /** The family of the model, which has a form of prompt of its own. */
    PromptFamily family();

    /** Tokens of the context that the request was planned for. */
    int contextTokens();
  }

  /** As {@link dev.zhiku.answering.chat.ChatBackend#generate}. */
  public GenerationResult write(Prompt prompt, Protocol protocol, Consumer<? super Piece> sink)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    if (watch.trouble().isPresent()) {
      throw watch.trouble().get();
    }
    List<Dialogue.Message> dialogue = Dialogue.of(prompt, protocol.family());
    int planned =
        Stream.concat(
                dialogue.stream().flatMap(ToolCalls::texts), prompt.handover().read().stream())
            .mapToInt(estimate::count)
            .sum();
    PieceSorter sorter =
        new PieceSorter(
            loosened(prompt.limits()),
            opensSilently && prompt.reasoning(),
            new StreamedTokens(),
            sink);
    StreamedReply reply = server.stream(timeouts, prompt.limits().deadline());
    StreamedReply.End end;
    try {
      end =
          reply.run(
              protocol::model,
              protocol.request(messages(dialogue), maxTokens(prompt)),
              new Sorting(protocol, sorter));
    } catch (ChatException e) {
      if (!reply.isStarted()) {
        watch.failed(e);
      }
      if (e instanceof ChatException.PromptTooLong) {
        estimate.report(planned, Math.max(planned, protocol.contextTokens()));
      }
      throw e;
    }
    GenerationResult completion = completion(prompt, end, sorter, planned);
    opensSilently |= sorter.leftOutTag();
    return completion;
  }

  /**
   * The server is told how long the answer may be and counts exactly; our estimate is to stop only
   * what goes far beyond.
   */
  private static Prompt.Limits loosened(Prompt.Limits limits) {
    return new Prompt.Limits(
        FAR_BEYOND * limits.answerTokens(), limits.reasoningTokens(), limits.deadline());
  }

  /** A model that thinks unasked needs room for it, or no word of the answer is left. */
  private int maxTokens(Prompt prompt) {
    Prompt.Limits limits = prompt.limits();
    return limits.answerTokens()
        + (prompt.reasoning() || opensSilently ? limits.reasoningTokens() : 0);
  }

  /** Calls of a model that was offered no tools are none. */
  private GenerationResult completion(
      Prompt prompt, StreamedReply.End end, PieceSorter sorter, int planned) {
    return switch (end) {
      case StreamedReply.End.Stopped() ->
          new GenerationResult(sorter.end(Finish.LENGTH), planned, sorter.tokens());
      case StreamedReply.End.Complete(ChatResponse response) -> {
        boolean cut = response.finishReason() == FinishReason.LENGTH;
        Finish written = sorter.end(cut ? Finish.LENGTH : Finish.STOP);
        List<ToolCall> calls =
            prompt.handover().tools().isEmpty() ? List.of() : ToolCalls.in(response.aiMessage());
        Finish finish = calls.isEmpty() || cut ? written : Finish.TOOL_CALLS;
        TokenUsage usage = response.tokenUsage();
        int read = usage == null || usage.inputTokenCount() == null ? 0 : usage.inputTokenCount();
        int completed =
            usage == null || usage.outputTokenCount() == null ? 0 : usage.outputTokenCount();
        if (prompt.handover().read().isEmpty()) {
          estimate.report(planned, read);
        }
        yield new GenerationResult(
            finish, read > 0 ? read : planned, completed > 0 ? completed : sorter.tokens(), calls);
      }
    };
  }

  private static List<ChatMessage> messages(List<Dialogue.Message> dialogue) {
    Map<String, String> tools = ToolCalls.namesById(dialogue);
    return dialogue.stream().map(message -> message(message, tools)).toList();
  }

  private static ChatMessage message(Dialogue.Message message, Map<String, String> tools) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> ToolCalls.message(message);
      case TOOL ->
          ToolExecutionResultMessage.from(
              message.answered(), tools.getOrDefault(message.answered(), ""), message.text());
    };
  }

  private record Sorting(Protocol protocol, PieceSorter sorter) implements StreamedReply.Handler {
    @Override
    public void content(String part) {
      sorter.content(part);
    }

    @Override
    public void reasoning(String part) {
      sorter.reasoning(part);
    }

    @Override
    public boolean event(JsonNode event) {
      String reasoning = protocol.reasoningOf(event);
      sorter.reasoning(reasoning);
      return !reasoning.isEmpty();
    }

    @Override
    public void complete(ObjectNode request) {
      protocol.complete(request);
    }

    @Override
    public Phrase endedEarly() {
      return protocol.endedEarly().orElseGet(StreamedReply.Handler.super::endedEarly);
    }

    @Override
    public boolean isFull() {
      return sorter.isFull();
    }
  }
}

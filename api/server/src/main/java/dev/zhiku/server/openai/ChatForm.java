package dev.zhiku.server.openai;

import dev.zhiku.server.openai.ChatCompletionChunk.Delta;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.webui.WebUiEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as a message of a chat. Immutable.
 *
 * @param locale in which it says what is being done
 */
record ChatForm(OpenAiReply reply, Locale locale) implements CompletionForm {
  @Override
  public ChatCompletion whole(Ending.Said said) {
    return new ChatCompletion(
        reply.id(),
        "chat.completion",
        reply.created(),
        reply.model(),
        List.of(
            new ChatCompletion.Choice(
                0,
                ChatCompletion.Reply.of(said.rest(), said.calls(), said.reasoning()),
                Optional.empty(),
                said.finishReason())),
        said.usage(),
        said.status(),
        said.citations(),
        said.warnings());
  }

  @Override
  public Optional<Object> begin(int passages) {
    return Optional.of(
        chunk(
            Delta.begin(),
            Optional.empty(),
            Optional.empty(),
            passages == 0 ? Optional.empty() : Optional.of(WebUiEvent.found(passages, locale))));
  }

  @Override
  public Optional<Object> reasoning(String part) {
    return Optional.of(part(Delta.reasoning(part)));
  }

  @Override
  public Object text(String part) {
    return part(Delta.content(part));
  }

  @Override
  public List<Object> end(Ending.Said said) {
    List<Object> parts = new ArrayList<>();
    if (!said.rest().isEmpty()) {
      parts.add(text(said.rest()));
    }
    if (!said.calls().isEmpty()) {
      parts.add(part(Delta.calls(said.calls())));
    }
    parts.add(
        chunk(Delta.NONE, Optional.of(said.finishReason()), Optional.of(said), said.sources()));
    return parts;
  }

  @Override
  public Object usage(Usage usage) {
    return new ChatCompletionChunk(
        reply.id(),
        ChatCompletionChunk.OBJECT,
        reply.created(),
        reply.model(),
        List.of(),
        Optional.of(usage),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private ChatCompletionChunk part(Delta delta) {
    return chunk(delta, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private ChatCompletionChunk chunk(
      Delta delta,
      Optional<String> finishReason,
      Optional<Ending.Said> said,
      Optional<WebUiEvent> event) {
    return new ChatCompletionChunk(
        reply.id(),
        ChatCompletionChunk.OBJECT,
        reply.created(),
        reply.model(),
        List.of(new ChatCompletionChunk.Choice(0, delta, Optional.empty(), finishReason)),
        Optional.empty(),
        said.map(Ending.Said::status),
        said.map(Ending.Said::citations),
        said.map(Ending.Said::warnings),
        event);
  }
}

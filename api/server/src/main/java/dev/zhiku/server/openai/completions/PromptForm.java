package dev.zhiku.server.openai.completions;

import dev.zhiku.server.openai.CompletionForm;
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.Usage;
import java.util.List;
import java.util.Optional;

/** An answer as what completes a prompt; there is no place for reasoning. Immutable. */
record PromptForm(OpenAiReply reply) implements CompletionForm {
  @Override
  public TextCompletion whole(Ending.Said said) {
    return TextCompletion.end(reply, said, Optional.of(said.usage()));
  }

  @Override
  public Optional<Object> begin(int passages) {
    return Optional.empty();
  }

  @Override
  public Optional<Object> reasoning(String part) {
    return Optional.empty();
  }

  @Override
  public Object text(String part) {
    return TextCompletion.part(reply, part);
  }

  @Override
  public List<Object> end(Ending.Said said) {
    return List.of(TextCompletion.end(reply, said, Optional.empty()));
  }

  @Override
  public Object usage(Usage usage) {
    return TextCompletion.counted(reply, usage);
  }
}

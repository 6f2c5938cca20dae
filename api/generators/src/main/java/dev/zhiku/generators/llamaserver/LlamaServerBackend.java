package dev.zhiku.generators.llamaserver;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.dialogue.TokenEstimate;
import dev.zhiku.generators.server.Timeouts;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model in a GGUF file, run by a {@code llama-server} that the administrator names and the
 * service starts, supervises and stops. Thread-safe.
 */
public final class LlamaServerBackend implements ChatBackend {
  private final GeneratorConfig.Native config;
  private final PromptForm form;
  private final ServerKeeper keeper;
  private final TokenEstimate beforehand = new TokenEstimate();

  private LlamaServerBackend(GeneratorConfig.Native config, PromptForm form, ServerKeeper keeper) {
    this.config = config;
    this.form = form;
    this.keeper = keeper;
  }

  /**
   * Begins to start the server; does not wait for it, and goes on trying where it does not start.
   *
   * @param config that names a server and a file
   * @param directory owned by the backend alone
   */
  public static LlamaServerBackend open(
      GeneratorConfig.Native config, PromptForm form, Timeouts timeouts, Path directory) {
    return open(config, form, timeouts, directory, ServerKeeper.Timing.DEFAULT);
  }

  static LlamaServerBackend open(
      GeneratorConfig.Native config,
      PromptForm form,
      Timeouts timeouts,
      Path directory,
      ServerKeeper.Timing timing) {
    return new LlamaServerBackend(
        config, form, ServerKeeper.start(config, form, timeouts, directory, timing));
  }

  @Override
  public ModelDescription model() {
    int context =
        keeper
            .running()
            .map(now -> now.backend().model().contextTokens())
            .orElse(config.contextTokens());
    return new ModelDescription(
        "native", Optional.of(keeper.name()), context, config.slots(), true);
  }

  @Override
  public Optional<String> promptForm() {
    PromptFamily family =
        keeper
            .running()
            .map(ServerKeeper.Running::family)
            .orElseGet(() -> PromptFamily.of(form, keeper.name(), ""));
    return Optional.of(family.wireName());
  }

  @Override
  public Health health() {
    return keeper
        .running()
        .map(now -> now.backend().health())
        .orElseGet(() -> new Health.Away(keeper.trouble().what()));
  }

  @Override
  public Set<Ability> abilities() {
    return keeper
        .running()
        .map(now -> now.backend().abilities())
        .orElseGet(() -> EnumSet.allOf(Ability.class));
  }

  /** The server's process id; empty while it does not answer. */
  Optional<Long> pid() {
    return keeper.running().map(now -> now.process().pid());
  }

  @Override
  public int countTokens(String text) {
    return keeper
        .running()
        .map(now -> now.backend().countTokens(text))
        .orElseGet(() -> beforehand.count(text));
  }

  @Override
  public boolean countsReliably() {
    return keeper.running().filter(now -> now.backend().countsReliably()).isPresent();
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    return keeper.running().orElseThrow(keeper::trouble).backend().generate(prompt, sink);
  }

  @Override
  public void close() {
    keeper.close();
  }
}

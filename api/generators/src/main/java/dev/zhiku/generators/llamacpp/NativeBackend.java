package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.ModelDescription;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.Dialogue.Message;
import dev.zhiku.generators.dialogue.Dialogue.Role;
import dev.zhiku.generators.dialogue.PieceSorter;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.server.Patience;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.ingest.child.ChildEnded;
import dev.zhiku.ingest.child.StreamingChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in a GGUF file, run by llama.cpp in a child process. The process may abort: its answers
 * fail, the next ones come from another. Thread-safe.
 */
public final class NativeBackend implements ChatBackend {
  private static final Logger LOG = LoggerFactory.getLogger(NativeBackend.class);

  private final GeneratorConfig.Native config;
  private final PromptForm form;
  private final Path file;
  private final Timeouts timeouts;
  private final ModelKeeper keeper;
  private final TokenCounts counts;

  /** Whether the model was seen to think though it was not asked to, and needs room for it. */
  private volatile boolean thinksUnasked;

  private NativeBackend(
      GeneratorConfig.Native config,
      PromptForm form,
      Path file,
      Timeouts timeouts,
      Path temporaryDirectory,
      ModelKeeper.Timing timing) {
    this.config = config;
    this.form = form;
    this.file = file;
    this.timeouts = timeouts;
    this.keeper = ModelKeeper.start(file, config, temporaryDirectory, timing);
    this.counts = new TokenCounts(keeper);
  }

  /**
   * Begins to load the model; does not wait for it, and goes on trying where it cannot be loaded.
   *
   * @param config that names a file
   * @param temporaryDirectory owned by the backend alone: emptied now and at the end
   */
  public static NativeBackend open(
      GeneratorConfig.Native config, PromptForm form, Timeouts timeouts, Path temporaryDirectory) {
    return open(config, form, timeouts, temporaryDirectory, ModelKeeper.Timing.DEFAULT);
  }

  static NativeBackend open(
      GeneratorConfig.Native config,
      PromptForm form,
      Timeouts timeouts,
      Path temporaryDirectory,
      ModelKeeper.Timing timing) {
    Path file =
        config.modelPath().orElseThrow(() -> new IllegalArgumentException("no model is named"));
    return new NativeBackend(config, form, file, timeouts, temporaryDirectory, timing);
  }

  @Override
  public ModelDescription model() {
    int context = keeper.loaded().map(LoadedModel::contextTokens).orElse(config.contextTokens());
    return new ModelDescription("native", Optional.of(name()), context, config.slots(), true);
  }

  private String name() {
    return name(file);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gguf$", "");
  }

  private PromptFamily family() {
    return PromptFamily.of(form, name(), keeper.loaded().map(LoadedModel::architecture).orElse(""));
  }

  /** Name of the form in which prompts for the model in a file are written. */
  public static String promptForm(GeneratorConfig.Native config, PromptForm form) {
    Path file = config.modelPath().orElse(Path.of(""));
    String architecture = "";
    try {
      architecture = ModelFile.look(file).head().architecture();
    } catch (ChatException e) {
      LOG.debug("the name of the file alone tells the form of prompts", e);
    }
    return PromptFamily.of(form, name(file), architecture).wireName();
  }

  @Override
  public Optional<String> promptForm() {
    return Optional.of(family().wireName());
  }

  @Override
  public Health health() {
    return keeper
        .trouble()
        .<Health>map(why -> new Health.Away(why.what()))
        .orElseGet(Health.Ready::new);
  }

  /** The child's process id; empty while no model is loaded. */
  Optional<Long> pid() {
    return keeper.loaded().map(model -> model.process().pid());
  }

  @Override
  public int countTokens(String text) {
    return counts.of(text);
  }

  @Override
  public boolean countsReliably() {
    return keeper.loaded().isPresent();
  }

  @Override
  public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    LoadedModel model = keeper.model();
    ModelRequest.Generate request =
        new ModelRequest.Generate(
            turns(prompt, family(), model),
            prompt.reasoning(),
            maxTokens(prompt),
            prompt.sampling());
    Patience patience = new Patience(timeouts, prompt.limits().deadline(), System::nanoTime);
    try (StreamingChild.Call call = model.process().call(request.encode())) {
      return new Reply(prompt, sink, patience).read(call);
    } catch (ChildEnded e) {
      throw keeper.ended(model, e.outcome());
    } catch (IOException e) {
      throw ModelTrouble.senseless(e);
    }
  }

  private int maxTokens(Prompt prompt) {
    Prompt.Limits limits = prompt.limits();
    return limits.answerTokens()
        + (prompt.reasoning() || thinksUnasked ? limits.reasoningTokens() : 0);
  }

  /** Templates end the process over turns that do not alternate, so they do. */
  private static List<Message> turns(Prompt prompt, PromptFamily family, LoadedModel model) {
    List<Message> turns = new ArrayList<>();
    for (Message message : Dialogue.of(prompt, family)) {
      Message harmless = new Message(message.role(), model.control().neutralised(message.text()));
      Message last = turns.isEmpty() ? harmless : turns.getLast();
      if (!turns.isEmpty() && last.role() == message.role()) {
        turns.set(
            turns.size() - 1, new Message(last.role(), last.text() + "\n\n" + harmless.text()));
      } else if (message.role() != Role.ASSISTANT || last.role() == Role.USER) {
        turns.add(harmless);
      }
    }
    return turns;
  }

  @Override
  public void close() {
    keeper.close();
  }

  /** One answer on its way. Used by one thread. */
  private final class Reply {
    private final Prompt prompt;
    private final Consumer<? super Piece> sink;
    private final Patience patience;

    Reply(Prompt prompt, Consumer<? super Piece> sink, Patience patience) {
      this.prompt = prompt;
      this.sink = sink;
      this.patience = patience;
    }

    GenerationResult read(StreamingChild.Call call)
        throws InterruptedException, ChildEnded, IOException {
      return switch (next(call)) {
        case ModelReply.Begun begun -> read(call, begun);
        case ModelReply.TooLong(int tokens, int context) ->
            throw ModelTrouble.tooLong(tokens, context);
        case ModelReply.Failed(String detail) -> throw ModelTrouble.failed(detail);
        default -> throw ModelTrouble.senseless(null);
      };
    }

    private GenerationResult read(StreamingChild.Call call, ModelReply.Begun begun)
        throws InterruptedException, ChildEnded, IOException {
      PieceSorter sorter = new PieceSorter(prompt.limits(), begun.reasons(), part -> 1, sink);
      while (true) {
        switch (next(call)) {
          case ModelReply.Text(String text) -> {
            patience.piece();
            sorter.content(text);
            if (sorter.isFull()) {
              return ended(sorter, Finish.LENGTH, begun, sorter.tokens());
            }
          }
          case ModelReply.Done(boolean cut, int tokens) -> {
            return ended(sorter, cut ? Finish.LENGTH : Finish.STOP, begun, tokens);
          }
          case ModelReply.Failed(String detail) -> throw ModelTrouble.failed(detail);
          default -> throw ModelTrouble.senseless(null);
        }
      }
    }

    private GenerationResult ended(
        PieceSorter sorter, Finish finish, ModelReply.Begun begun, int tokens) {
      GenerationResult completion =
          new GenerationResult(sorter.end(finish), begun.promptTokens(), tokens);
      thinksUnasked |= sorter.leftOutTag();
      return completion;
    }

    private ModelReply next(StreamingChild.Call call)
        throws InterruptedException, ChildEnded, IOException {
      Duration left = Duration.ofNanos(Math.max(0, patience.left()));
      Optional<byte[]> said = call.next(left);
      if (said.isEmpty()) {
        throw patience.exceeded();
      }
      return ModelReply.decode(said.get());
    }
  }
}

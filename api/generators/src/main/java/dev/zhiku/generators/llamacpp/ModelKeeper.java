package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.ingest.child.ChildEnded;
import dev.zhiku.ingest.child.ChildOutcome;
import dev.zhiku.ingest.child.RestartPause;
import dev.zhiku.ingest.child.StreamingChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one model loaded: starts its process ahead of the first question, again with growing pauses
 * when it ends, and anew when the file appears or is exchanged. Thread-safe; one thread does all of
 * it.
 */
final class ModelKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelKeeper.class);

  private final Path file;
  private final GeneratorConfig.Native config;
  private final Timing timing;
  private final ModelLauncher launcher;
  private final RestartPause pause;
  private final Thread thread;
  private volatile State state;

  /** The file as it was when it failed last. Known to the keeper's thread alone. */
  private @Nullable ModelFile failed;

  /**
   * How long things take and may take.
   *
   * @param look how often the file is looked at
   * @param firstPause before a process that ended is started again
   * @param longestPause the same, after many failures
   * @param loading until a process must have loaded the model
   * @param silence after which a process that is asked for a sign of life is given up
   * @param steady a process that lived this long did not fail at its start
   */
  record Timing(
      Duration look,
      Duration firstPause,
      Duration longestPause,
      Duration loading,
      Duration silence,
      Duration steady) {
    static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));
  }

  /** Facts of the head of the file that the process does not tell. */
  private record Known(ControlTokens control, String architecture) {}

  private sealed interface State {
    record Loaded(LoadedModel model) implements State {}

    record Away(ChatException why) implements State {}
  }

  private ModelKeeper(
      Path file, GeneratorConfig.Native config, Path temporaryDirectory, Timing timing) {
    this.file = file.toAbsolutePath();
    this.config = config;
    this.timing = timing;
    this.pause = new RestartPause(timing.firstPause(), timing.longestPause());
    this.launcher = new ModelLauncher(temporaryDirectory, timing.loading());
    this.state = new State.Away(ModelTrouble.loading(this.file));
    this.thread = Thread.ofPlatform().name("zhiku-model-keeper").daemon(true).unstarted(this::keep);
  }

  /**
   * Begins to load the model; does not wait for it.
   *
   * @param temporaryDirectory owned by the keeper, emptied before each start
   */
  static ModelKeeper start(
      Path file, GeneratorConfig.Native config, Path temporaryDirectory, Timing timing) {
    ModelKeeper keeper = new ModelKeeper(file, config, temporaryDirectory, timing);
    keeper.thread.start();
    return keeper;
  }

  /**
   * The model.
   *
   * @throws ChatException why there is none now
   */
  LoadedModel model() {
    return switch (state) {
      case State.Loaded(LoadedModel model) -> model;
      case State.Away(ChatException why) -> throw why;
    };
  }

  /** The model, if there is one now. */
  Optional<LoadedModel> loaded() {
    return state instanceof State.Loaded(LoadedModel model) ? Optional.of(model) : Optional.empty();
  }

  /** Why there is no model now; empty if there is one. */
  Optional<ChatException> trouble() {
    return switch (state) {
      case State.Loaded loaded -> Optional.empty();
      case State.Away(ChatException why) -> Optional.of(why);
    };
  }

  /**
   * A process was seen to end, perhaps before the keeper saw it.
   *
   * @return what to tell who waits for an answer
   */
  ChatException ended(LoadedModel model, ChildOutcome outcome) {
    ChatException why = ModelTrouble.ended(outcome);
    synchronized (this) {
      if (state instanceof State.Loaded(LoadedModel now) && now.equals(model)) {
        state = new State.Away(why);
      }
    }
    return why;
  }

  private void keep() {
    try {
      while (true) {
        once();
      }
    } catch (InterruptedException closed) {
      LOG.debug("the model is given up", closed);
    }
  }

  /** Loads the file as it is now and stays with it until it changes or its process ends. */
  private void once() throws InterruptedException {
    ModelFile now = ModelFile.look(file);
    GgufFile head;
    try {
      head = now.head();
    } catch (ChatException e) {
      away(e);
      awaitChange(now);
      return;
    }
    awaitTurn(now);
    long begun = System.nanoTime();
    try {
      serve(now, head);
    } catch (ChatException e) {
      if (System.nanoTime() - begun > timing.steady().toNanos()) {
        pause.succeeded();
      }
      pause.failed();
      failed = now;
      away(e);
    } catch (RuntimeException e) {
      LOG.error("Keeping the model {} loaded failed", file, e);
      pause.failed();
      failed = now;
      away(ModelTrouble.notStarted(e.toString()));
    }
  }

  private void awaitChange(ModelFile before) throws InterruptedException {
    while (ModelFile.look(file).equals(before)) {
      Thread.sleep(timing.look());
    }
  }

  /** A file that has changed since the last failure is tried without a pause. */
  private void awaitTurn(ModelFile now) throws InterruptedException {
    if (!now.equals(failed)) {
      pause.succeeded();
    }
    long until = System.nanoTime() + pause.length().toNanos();
    while (until - System.nanoTime() > 0 && ModelFile.look(file).equals(now)) {
      long left = until - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, timing.look().toNanos()));
    }
  }

  private void serve(ModelFile now, GgufFile head) throws InterruptedException {
    int context =
        Math.min(config.contextTokens(), head.contextTokens().orElse(config.contextTokens()));
    boolean thinks = head.template().filter(text -> text.contains("think>")).isPresent();
    Known known = new Known(new ControlTokens(head.controlTokens()), head.architecture());
    ModelOptions plain =
        new ModelOptions(
            file, context, config.slots(), threads(), head.opening(), TemplateKind.PLAIN, thinks);
    if (head.template().isEmpty() || !serve(now, plain.with(TemplateKind.OWN), known)) {
      serve(now, plain, known);
    }
  }

  private int threads() {
    return config.threads().equals("auto")
        ? CpuCores.forModel()
        : Integer.parseInt(config.threads());
  }

  /**
   * One process, from its start until the file has changed.
   *
   * @return false if the model's own template ended it at its start
   */
  private boolean serve(ModelFile now, ModelOptions options, Known known)
      throws InterruptedException {
    Optional<StreamingChild> launched = launcher.launch(options);
    if (launched.isEmpty()) {
      return false;
    }
    try (StreamingChild process = launched.get()) {
      answering(
          new LoadedModel(process, known.control(), known.architecture(), options.contextTokens()));
      stay(now, process);
      return true;
    }
  }

  /** Until the file has changed and stands still again, or the process ends. */
  private void stay(ModelFile loaded, StreamingChild process) throws InterruptedException {
    ModelFile before = loaded;
    while (true) {
      try {
        ChildOutcome outcome = process.end().get(timing.look().toMillis(), TimeUnit.MILLISECONDS);
        LOG.warn("The model's process ended: {}", outcome);
        throw ModelTrouble.ended(outcome);
      } catch (TimeoutException lives) {
        ModelFile now = ModelFile.look(file);
        if (!now.equals(loaded) && now.equals(before)) {
          LOG.info("The model file {} has changed.", file);
          away(ModelTrouble.loading(file));
          return;
        }
        before = now;
        awaitSign(process);
      } catch (ExecutionException e) {
        throw new IllegalStateException("an end is no failure", e);
      }
    }
  }

  /** A process counts tokens however much it has to do, unless it hangs or was stopped. */
  private void awaitSign(StreamingChild process) throws InterruptedException {
    try (StreamingChild.Call call = process.call(new ModelRequest.Count("?").encode())) {
      if (call.next(timing.silence()).isEmpty()) {
        throw ModelTrouble.silent(timing.silence());
      }
    } catch (ChildEnded e) {
      LOG.debug("the model's process ended while it was asked for a sign", e);
    }
  }

  private synchronized void answering(LoadedModel model) {
    state = new State.Loaded(model);
  }

  private synchronized void away(ChatException why) {
    if (trouble().filter(known -> known.what().equals(why.what())).isEmpty()) {
      LOG.warn("The model does not answer: {}", why.getMessage());
    }
    state = new State.Away(why);
  }

  /** Ends the process. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

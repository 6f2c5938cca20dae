package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.ingest.child.ChildEnded;
import dev.zhiku.ingest.child.ChildSettings;
import dev.zhiku.ingest.child.StreamingChild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts processes that load a model, and says why one does not. Used by one thread. */
final class ModelLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLauncher.class);

  /** Java's own part of the child; the model lies beside it. */
  private static final long HEAP_BYTES = 128L << 20;

  private static final int MESSAGE_BYTES = 64 << 20;
  private static final Duration LAST_LINES = Duration.ofSeconds(5);

  private final Path temporaryDirectory;
  private final Duration loading;

  /**
   * @param temporaryDirectory emptied before each start
   * @param loading until a process must have loaded its model
   */
  ModelLauncher(Path temporaryDirectory, Duration loading) {
    this.temporaryDirectory = temporaryDirectory.toAbsolutePath();
    this.loading = loading;
  }

  /**
   * Starts a process and waits until it answers.
   *
   * @return a process that the caller closes; empty if the model's own template ended it
   * @throws ChatException with what helps, if the model cannot be loaded
   */
  Optional<StreamingChild> launch(ModelOptions options) throws InterruptedException {
    StreamingChild process = process(options);
    boolean loaded = false;
    try {
      Optional<ModelReply.Ready> ready = start(process, options.model());
      loaded = ready.isPresent();
      ready.ifPresent(facts -> announce(options, facts));
      return ready.map(facts -> process);
    } finally {
      if (!loaded) {
        process.close();
      }
    }
  }

  private StreamingChild process(ModelOptions options) {
    try {
      return StreamingChild.start(
          new ChildSettings(
              "model",
              ModelMain.class.getName(),
              options.arguments(),
              List.of(
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dde.kherud.llama.tmpdir=" + temporaryDirectory),
              0,
              1,
              HEAP_BYTES,
              MESSAGE_BYTES,
              loading,
              Integer.MAX_VALUE,
              temporaryDirectory));
    } catch (IOException e) {
      throw ModelTrouble.notStarted(String.valueOf(e.getMessage()));
    }
  }

  private void announce(ModelOptions options, ModelReply.Ready ready) {
    LOG.info(
        "The model {} is loaded: {} slots of {} tokens, {} threads, {} tokens of prompt a second.",
        options.model(),
        options.slots(),
        options.contextTokens(),
        options.threads(),
        ready.promptTokensPerSecond());
    if (ready.template() == TemplateKind.PLAIN) {
      LOG.warn(
          "{} has no chat template that can be used; turns are written as plain text.",
          options.model());
    }
  }

  /** Empty if the process ended while it tried the model's template. */
  private Optional<ModelReply.Ready> start(StreamingChild process, Path file)
      throws InterruptedException {
    long limit = System.nanoTime() + loading.toNanos();
    boolean trying = false;
    try {
      while (true) {
        byte[] said =
            process
                .unasked()
                .next(Duration.ofNanos(limit - System.nanoTime()))
                .orElseThrow(() -> ModelTrouble.notStarted("not loaded within " + loading));
        switch (ModelReply.decode(said)) {
          case ModelReply.Trying begun -> trying = true;
          case ModelReply.Ready ready -> {
            return Optional.of(ready);
          }
          case ModelReply.Unusable unusable -> throw unusable(unusable, process, file);
          default -> throw ModelTrouble.senseless(null);
        }
      }
    } catch (ChildEnded e) {
      LOG.warn("The model's process ended while it loaded {}: {}", file, e.outcome());
      if (trying) {
        return Optional.empty();
      }
      throw ModelTrouble.ended(e.outcome());
    } catch (IOException e) {
      throw ModelTrouble.senseless(e);
    }
  }

  private ChatException unusable(ModelReply.Unusable why, StreamingChild process, Path file)
      throws InterruptedException {
    process.close();
    String log = "";
    try {
      log = process.end().get(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS).toString();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the model's process has no last words", e);
    }
    return why.library()
        ? ModelTrouble.noLibrary(why.detail(), log)
        : ModelTrouble.unusable(file, why.detail(), log);
  }
}

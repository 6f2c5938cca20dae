package dev.zhiku.generators.llamaserver;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.llamacpp.GgufFile;
import dev.zhiku.generators.llamacpp.ModelFile;
import dev.zhiku.generators.openai.OpenAiBackend;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.ingest.child.RestartPause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@code llama-server} running on a model: starts it on a port and with a key of its own,
 * starts it again when it ends or is silent, and when the model's file was exchanged. Thread-safe.
 */
final class ServerKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKeeper.class);

  private final GeneratorConfig.Native config;
  private final Path program;
  private final Path file;
  private final PromptForm form;
  private final Timeouts timeouts;
  private final Path directory;
  private final Timing timing;
  private final RestartPause pause;
  private final Thread thread;
  private volatile Optional<Running> running = Optional.empty();
  private volatile ChatException trouble;

  /**
   * How long what may take.
   *
   * @param look between two looks at the process and the file
   * @param loading until the model must be loaded
   * @param silence after which a server that does not answer is given up
   */
  record Timing(
      Duration look,
      Duration firstPause,
      Duration longestPause,
      Duration loading,
      Duration silence) {
    static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            Duration.ofSeconds(30));
  }

  /**
   * A server that answers.
   *
   * @param family of its model
   */
  record Running(OpenAiBackend backend, ServerProcess process, PromptFamily family) {}

  private ServerKeeper(
      GeneratorConfig.Native config,
      PromptForm form,
      Timeouts timeouts,
      Path directory,
      Timing timing) {
    this.config = config;
    this.program = config.server().orElseThrow();
    this.file = config.modelPath().orElseThrow().toAbsolutePath();
    this.form = form;
    this.timeouts = timeouts;
    this.directory = directory.toAbsolutePath();
    this.timing = timing;
    this.pause = new RestartPause(timing.firstPause(), timing.longestPause());
    this.trouble = loading();
    this.thread =
        Thread.ofPlatform().name("zhiku-llama-server-keeper").daemon(true).unstarted(this::keep);
  }

  /**
   * Begins to start the server; does not wait for it.
   *
   * @param config that names the program and the model
   * @param directory owned by the keeper
   */
  static ServerKeeper start(
      GeneratorConfig.Native config,
      PromptForm form,
      Timeouts timeouts,
      Path directory,
      Timing timing) {
    ServerKeeper keeper = new ServerKeeper(config, form, timeouts, directory, timing);
    keeper.thread.start();
    return keeper;
  }

  private ChatException loading() {
    return new ChatException.Unreachable(GeneratorText.of("native.loading", name()), null);
  }

  /** The model's name: its file's. */
  String name() {
    return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gguf$", "");
  }

  /** The server, if it answers now. */
  Optional<Running> running() {
    return running;
  }

  /** Why there is none, where there is none. */
  ChatException trouble() {
    return trouble;
  }

  private void keep() {
    try {
      while (true) {
        ModelFile now = ModelFile.look(file);
        try {
          serve(now);
        } catch (ChatException e) {
          away(e);
          pause.failed();
          awaitTurn(now);
        } catch (RuntimeException e) {
          LOG.error("Keeping llama-server for {} running failed", file, e);
          away(notStarted(e.toString()));
          pause.failed();
          awaitTurn(now);
        }
      }
    } catch (InterruptedException closed) {
      LOG.debug("llama-server is given up", closed);
    }
  }

  private void away(ChatException why) {
    if (!why.what().equals(trouble.what())) {
      LOG.warn("The model does not answer: {}", why.getMessage());
    }
    trouble = why;
  }

  /** A file that has changed is tried without a pause. */
  private void awaitTurn(ModelFile failed) throws InterruptedException {
    long until = System.nanoTime() + pause.length().toNanos();
    while (System.nanoTime() < until && ModelFile.look(file).equals(failed)) {
      Thread.sleep(Math.min(timing.look().toMillis(), 100));
    }
  }

  private static ChatException notStarted(String why) {
    return new ChatException.Broken(GeneratorText.of("native.not-started", why), null);
  }

  /** One process, from its start until the file has changed. */
  private void serve(ModelFile now) throws InterruptedException {
    GgufFile head = now.head();
    if (!Files.isExecutable(program)) {
      throw new ChatException.Refused(GeneratorText.of("native.no-server", program));
    }
    String key = HexFormat.of().formatHex(random());
    int context =
        Math.min(config.contextTokens(), head.contextTokens().orElse(config.contextTokens()));
    PromptFamily family = PromptFamily.of(form, name(), head.architecture());
    int port = freePort();
    URI address = URI.create("http://127.0.0.1:" + port);
    try (ServerProcess process = launch(port, address, key, context)) {
      awaitLoaded(process);
      try (OpenAiBackend backend = backend(address, key, context, family)) {
        LOG.info("llama-server answers with the model {}, {} slots.", file, config.slots());
        running = Optional.of(new Running(backend, process, family));
        stay(now, process);
      } finally {
        running = Optional.empty();
      }
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw notStarted(String.valueOf(e.getMessage()));
    }
  }

  private ServerProcess launch(int port, URI address, String key, int context) {
    try {
      Files.createDirectories(directory);
      Path keyFile = PrivateFile.write(directory.resolve("key"), key);
      return ServerProcess.start(
          ServerCommand.of(config, program, file, name(), context, port, keyFile),
          ServerCommand.environment(System.getenv()),
          directory,
          address,
          OutboundClients.direct());
    } catch (IOException e) {
      throw notStarted(String.valueOf(e.getMessage()));
    }
  }

  private OpenAiBackend backend(URI address, String key, int context, PromptFamily family) {
    return OpenAiBackend.open(
        new GeneratorConfig.OpenAi(
            address.resolve("/v1"), Optional.of(name()), Optional.empty(), context, config.slots()),
        PromptForm.valueOf(family.name()),
        Optional.of(key),
        timeouts,
        timing.silence(),
        OutboundClients.toModelServer());
  }

  private void awaitLoaded(ServerProcess process) throws InterruptedException {
    long limit = System.nanoTime() + timing.loading().toNanos();
    while (!process.isWell()) {
      if (!process.isAlive()) {
        throw ended(process);
      }
      if (System.nanoTime() > limit) {
        throw notStarted("not loaded within " + timing.loading());
      }
      Thread.sleep(Math.min(timing.look().toMillis(), 200));
    }
  }

  private ChatException ended(ServerProcess process) {
    String words = process.lastLines();
    LOG.warn("llama-server ended: {}", words);
    String error = words.lines().filter(line -> line.contains("error")).findFirst().orElse("");
    return error.isEmpty()
        ? new ChatException.Broken(GeneratorText.of("native.ended"), null)
        : new ChatException.Broken(
            GeneratorText.of("native.reported", error.substring(0, Math.min(error.length(), 200))),
            null);
  }

  /** Until the file has changed and stands still again; the process may end before. */
  private void stay(ModelFile loaded, ServerProcess process) throws InterruptedException {
    ModelFile before = loaded;
    long heard = System.nanoTime();
    while (true) {
      Thread.sleep(timing.look());
      if (!process.isAlive()) {
        throw ended(process);
      }
      if (process.isWell()) {
        heard = System.nanoTime();
        pause.succeeded();
      } else if (System.nanoTime() - heard > timing.silence().toNanos()) {
        throw new ChatException.Broken(
            GeneratorText.of("native.silent", timing.silence().toSeconds()), null);
      }
      ModelFile now = ModelFile.look(file);
      if (!now.equals(loaded) && now.equals(before)) {
        LOG.info("The model file {} has changed.", file);
        trouble = loading();
        return;
      }
      before = now;
    }
  }

  /** Ends the server. */
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

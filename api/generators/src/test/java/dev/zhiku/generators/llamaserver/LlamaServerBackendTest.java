package dev.zhiku.generators.llamaserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.llamacpp.TinyModelFile;
import dev.zhiku.generators.server.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server's program that the service starts, keeps and ends. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class LlamaServerBackendTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ServerKeeper.Timing QUICK =
      new ServerKeeper.Timing(
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          PATIENCE,
          Duration.ofSeconds(20));

  @TempDir private Path home;
  private Path model = Path.of("");

  @BeforeEach
  void write() throws Exception {
    model = home.resolve("tiny.gguf");
    TinyModelFile.write(model);
  }

  private LlamaServerBackend open(Path program) {
    return LlamaServerBackend.open(
        new GeneratorConfig.Native(Optional.of(model), 1_024, 2, "3", Optional.of(program), "all"),
        PromptForm.AUTO,
        new Timeouts(PATIENCE, PATIENCE),
        home.resolve("own"),
        QUICK);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(20);
    }
  }

  private static boolean isReady(LlamaServerBackend backend) {
    return backend.health() instanceof Health.Ready;
  }

  private static GenerationResult ask(LlamaServerBackend backend, StringBuilder text)
      throws InterruptedException {
    Prompt prompt =
        new Prompt(
            "Answer briefly.",
            List.of(),
            "Is it?",
            List.of(),
            false,
            new Prompt.Limits(16, 0, PATIENCE));
    return backend.generate(prompt, piece -> Piece.addText(piece, text));
  }

  @Test
  void it_is_started_with_a_port_and_a_key_of_its_own_and_answers() throws Exception {
    try (LlamaServerBackend backend = open(ScriptedServer.program(home))) {
      await(() -> isReady(backend));
      StringBuilder text = new StringBuilder();

      GenerationResult end = ask(backend, text);

      assertThat(text).hasToString("Yes.");
      assertThat(end.finish()).isEqualTo(Finish.STOP);
      assertThat(backend.model().backend()).isEqualTo("native");
      assertThat(backend.model().name()).contains("tiny");
      assertThat(backend.model().contextTokens()).isEqualTo(1_024);
      assertThat(backend.promptForm()).contains("plain");
    }
    assertThat(Files.readAllLines(home.resolve("arguments")))
        .containsSubsequence("--model", model.toAbsolutePath().toString())
        .containsSubsequence("--host", "127.0.0.1")
        .containsSubsequence("--ctx-size", "2048", "--parallel", "2", "--threads", "3")
        .containsSubsequence("--n-gpu-layers", "999");
    assertThat(Files.getPosixFilePermissions(home.resolve("own").resolve("key"))).hasSize(2);
    assertThat(Files.readString(home.resolve("own").resolve("key"))).matches("[0-9a-f]{64}");
  }

  @Test
  void it_is_started_again_when_it_is_killed_and_ends_with_the_service() throws Exception {
    long second;
    try (LlamaServerBackend backend = open(ScriptedServer.program(home))) {
      await(() -> isReady(backend));
      long first = backend.pid().orElseThrow();

      ProcessHandle.of(first).orElseThrow().destroyForcibly();

      await(() -> backend.pid().filter(now -> now != first).isPresent() && isReady(backend));
      second = backend.pid().orElseThrow();
      assertThat(ask(backend, new StringBuilder()).completionTokens()).isEqualTo(2);
    }
    assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_model_that_was_exchanged_is_loaded_again() throws Exception {
    try (LlamaServerBackend backend = open(ScriptedServer.program(home))) {
      await(() -> isReady(backend));
      long first = backend.pid().orElseThrow();
      Path other = home.resolve("other.gguf");
      TinyModelFile.write(other);

      Files.move(other, model, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      await(() -> backend.pid().filter(now -> now != first).isPresent());
    }
  }

  @Test
  void what_is_missing_is_said_and_noticed_when_it_comes() throws Exception {
    Path program = home.resolve("llama-server");
    try (LlamaServerBackend backend = open(program)) {
      await(
          () ->
              backend.health() instanceof Health.Away(var why)
                  && why.english().startsWith("llama-server is not at " + program));
      assertThatThrownBy(() -> ask(backend, new StringBuilder()))
          .isInstanceOf(ChatException.Refused.class);

      ScriptedServer.program(home);

      await(() -> isReady(backend));
    }
  }

  @Test
  void a_program_that_ends_at_once_is_told_with_its_error() throws Exception {
    Path program = ScriptedServer.program(home);
    Files.writeString(program, "#!/bin/sh\necho 'error: unknown model architecture' && exit 1\n");
    try (LlamaServerBackend backend = open(program)) {
      await(
          () ->
              backend.health() instanceof Health.Away(var why)
                  && why.english().contains("error: unknown model architecture"));
    }
  }

  @Test
  void it_gets_nothing_of_the_environment_but_what_cards_and_libraries_are_found_by() {
    assertThat(
            ServerCommand.environment(
                Map.of(
                    "PATH", "/bin",
                    "CUDA_VISIBLE_DEVICES", "0",
                    "LLAMA_ARG_HOST", "0.0.0.0",
                    "HTTPS_PROXY", "http://x",
                    "AWS_SECRET", "s")))
        .containsOnlyKeys("PATH", "CUDA_VISIBLE_DEVICES");
  }
}

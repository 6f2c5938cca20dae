package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.start.CannotClose;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZhikuCommandTest {
  @TempDir private Path folder;

  @Test
  void what_could_not_be_closed_is_named_and_the_command_has_failed() {
    CannotClose failure = new CannotClose("The index", new IOException("No space left on device"));
    failure.addSuppressed(new CannotClose("The catalogue", new IOException("gone")));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ZhikuCommand command =
        new ZhikuCommand(
            loaded -> {
              throw new AssertionError("no service is started");
            },
            (config, root) -> {
              throw failure;
            },
            data -> {
              throw new AssertionError("no keys are opened");
            },
            Duration.ofSeconds(1),
            System.out,
            err);

    assertThat(command.run("scan", folder.toString())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "The index could not be closed: java.io.IOException: No space left on device",
            "The catalogue could not be closed: java.io.IOException: gone");
  }
}

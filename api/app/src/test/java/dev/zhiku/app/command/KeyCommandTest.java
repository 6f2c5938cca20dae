package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code zhiku key new}, as it is typed. */
class KeyCommandTest {
  @TempDir Path home;

  private int run(String... arguments) {
    return new ZhikuCommand(
            config -> {
              throw new AssertionError("nothing is started here");
            },
            (config, folder) -> {
              throw new AssertionError("nothing is scanned here");
            },
            Duration.ofSeconds(1),
            System.out,
            System.err)
        .run(arguments);
  }

  @Test
  void key_new_makes_two_keys_and_the_next_ones_replace_them() {
    Path data = home.resolve("data");

    assertThat(run("key", "new", "--data", data.toString())).isZero();
    AccessKeys first = AccessKeys.find(data.resolve("access.key")).orElseThrow();
    assertThat(run("key", "new", "--data", data.toString())).isZero();
    AccessKeys second = AccessKeys.find(data.resolve("access.key")).orElseThrow();

    assertThat(second.role(second.text(Role.ADMIN))).hasValue(Role.ADMIN);
    assertThat(second.role(first.text(Role.ADMIN))).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void the_data_folder_that_key_new_makes_is_closed_to_others() throws IOException {
    Path data = home.resolve("data");

    run("key", "new", "--data", data.toString());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void any_other_word_is_used_wrongly() {
    assertThat(run("key", "old", "--data", home.toString())).isEqualTo(2);
    assertThat(home.resolve("access.key")).doesNotExist();
  }
}

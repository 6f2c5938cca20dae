package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.wiring.RestingKeys;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.identity.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code zhiku key new}, as it is typed. */
class KeyCommandTest {
  @TempDir Path home;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new ZhikuCommand(
            config -> {
              throw new AssertionError("nothing is started here");
            },
            (config, folder) -> {
              throw new AssertionError("nothing is scanned here");
            },
            RestingKeys::open,
            Duration.ofSeconds(1),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            System.err)
        .run(arguments);
  }

  /** What was printed since the last call. */
  private String printed() {
    String text = printed.toString(StandardCharsets.UTF_8);
    printed.reset();
    return text;
  }

  private boolean opens(String secret) throws InterruptedException {
    try (KeyFolder keys = RestingKeys.open(home.resolve("data"))) {
      return keys.named().opened(secret, InetAddress.getLoopbackAddress()).isPresent();
    }
  }

  @Test
  void a_lost_key_of_an_administrator_is_replaced_without_a_running_service()
      throws InterruptedException {
    String data = home.resolve("data").toString();

    assertThat(run("key", "new", "--admin", "--data", data)).isZero();
    String secret = printed().strip();
    assertThat(opens(secret)).isTrue();
    assertThat(home.resolve("data/access.key")).doesNotExist();

    assertThat(run("key", "list", "--data", data)).isZero();
    String list = printed();
    assertThat(list).contains("admin", "active").doesNotContain(secret);
    String id = list.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];

    assertThat(run("key", "rotate", id, "--data", data)).isZero();
    String second = printed().strip();
    assertThat(opens(secret)).isTrue();
    assertThat(opens(second)).isTrue();

    assertThat(run("key", "revoke", id, "--data", data)).isZero();
    assertThat(opens(secret)).isFalse();
    assertThat(opens(second)).isFalse();
    assertThat(run("key", "revoke", id, "--data", data)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revoke",
        "rotate nothing",
        "new --role root",
        "new --days 0",
        "new --address host.example",
        "new --admin --role reader",
        "new --label x --questions-per-minute 0",
      })
  void what_cannot_be_meant_is_used_wrongly(String typed) {
    List<String> arguments = new ArrayList<>(List.of("key"));
    arguments.addAll(List.of(typed.split(" ", -1)));
    arguments.addAll(List.of("--data", home.resolve("data").toString()));

    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
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

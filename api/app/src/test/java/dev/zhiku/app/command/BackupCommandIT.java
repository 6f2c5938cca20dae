package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.wiring.RestingKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zhiku backup} and {@code zhiku restore} of a data folder whose service does not run. */
class BackupCommandIT {
  @TempDir Path home;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) {
    printed.reset();
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new ZhikuCommand(
            config -> {
              throw new AssertionError("nothing is started here");
            },
            (config, folder) -> {
              throw new AssertionError("nothing is scanned here");
            },
            RestingKeys::open,
            Duration.ofSeconds(1),
            both,
            both)
        .run(arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String in(String name) {
    return home.resolve(name).toString();
  }

  private String newKey(String data) {
    assertThat(run("key", "new", "--admin", "--data", in(data))).as(printed()).isZero();
    return printed().lines().findFirst().orElseThrow();
  }

  private String idOfTheOnlyKey(String data) {
    assertThat(run("key", "list", "--data", in(data))).isZero();
    return printed().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
  }

  private boolean opens(String data, String secret) throws InterruptedException {
    try (KeyFolder keys = RestingKeys.open(home.resolve(data))) {
      return keys.named().opened(secret, InetAddress.getLoopbackAddress()).isPresent();
    }
  }

  @Test
  void keys_and_words_come_back_in_another_folder_where_they_open_nothing_unless_they_are_kept()
      throws Exception {
    String secret = newKey("data");
    Files.writeString(home.resolve("data/words.txt"), "pump = Pumpe\n");
    Files.writeString(home.resolve("words"), "correct horse\n");

    assertThat(run("backup", in("one"), "--passphrase-file", in("words"), "--data", in("data")))
        .as(printed())
        .isZero();
    assertThat(run("backup", "verify", in("one"), "--passphrase-file", in("words"))).isZero();
    assertThat(printed()).contains("Whole: " + in("one"));
    assertThat(run("backup", "verify", in("one"))).isEqualTo(1);
    assertThat(printed()).contains("backup-passphrase", "--passphrase-file");
    assertThat(home.resolve("data/backups")).isEmptyDirectory();

    for (String kept : new String[] {"", "--keep-keys"}) {
      String target = "restored" + kept;
      String[] arguments =
          Stream.of(
                  "restore",
                  in("one"),
                  "--passphrase-file",
                  in("words"),
                  "--data",
                  in(target),
                  kept)
              .filter(argument -> !argument.isEmpty())
              .toArray(String[]::new);
      assertThat(run(arguments)).as(printed()).isZero();
      assertThat(home.resolve(target + "/words.txt")).hasContent("pump = Pumpe\n");
      assertThat(opens(target, secret)).isEqualTo(!kept.isEmpty());
    }
    assertThat(opens("data", secret)).isTrue();
  }

  @Test
  void what_is_replaced_is_kept_and_a_key_that_was_revoked_since_stays_revoked() throws Exception {
    String revoked = newKey("data");
    String id = idOfTheOnlyKey("data");
    String stays = newKey("data");
    assertThat(run("backup", in("one"), "--data", in("data"))).as(printed()).isZero();
    assertThat(run("key", "revoke", id, "--data", in("data"))).isZero();
    Files.writeString(home.resolve("data/words.txt"), "later = spaeter\n");

    assertThat(run("restore", in("one"), "--data", in("data"))).isEqualTo(1);
    assertThat(printed()).contains("folder-not-empty", "--replace");
    assertThat(run("restore", in("one"), "--data", in("data"), "--replace")).as(printed()).isZero();

    assertThat(opens("data", revoked)).isFalse();
    assertThat(opens("data", stays)).isTrue();
    assertThat(home.resolve("data/words.txt")).doesNotExist();
    try (Stream<Path> beside = Files.list(home)) {
      assertThat(
              beside
                  .filter(path -> path.getFileName().toString().startsWith("data.before-restore-"))
                  .map(path -> path.resolve("words.txt")))
          .singleElement()
          .satisfies(words -> assertThat(words).hasContent("later = spaeter\n"));
    }
  }

  @Test
  void a_folder_in_use_and_a_damaged_backup_leave_everything_as_it_is() throws Exception {
    newKey("data");
    assertThat(run("backup", in("one"), "--data", in("data"))).as(printed()).isZero();
    byte[] bytes = Files.readAllBytes(home.resolve("one"));

    try (KeyFolder used = RestingKeys.open(home.resolve("data"))) {
      assertThat(used.named().list()).hasSize(1);
      assertThat(run("restore", in("one"), "--data", in("data"), "--replace")).isEqualTo(2);
      assertThat(printed()).contains("data-in-use");
    }
    bytes[bytes.length / 2] ^= 1;
    Files.write(home.resolve("one"), bytes);
    assertThat(run("restore", in("one"), "--data", in("data"), "--replace")).isEqualTo(1);
    assertThat(printed()).contains("backup-damaged", "earlier");
    assertThat(names()).containsExactly("data", "one");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void what_cannot_be_backed_up_or_is_used_wrongly_is_said() throws IOException {
    assertThat(run("backup", in("one"), "--data", in("nowhere"))).isEqualTo(1);
    assertThat(printed()).contains("no-data");
    assertThat(home.resolve("nowhere")).doesNotExist();
    assertThat(run("backup", "verify", in("nothing"))).isEqualTo(1);
    assertThat(printed()).contains("no-backup");
    assertThat(run("backup", "verfy", in("nothing"))).isEqualTo(2);
    Files.createFile(home.resolve("one"));
    assertThat(run("backup", in("one"), "--data", in("data"))).isEqualTo(1);
    assertThat(printed()).contains("file-exists");
    assertThat(run("backup", "verify", in("one"))).isEqualTo(1);
    assertThat(printed()).contains("backup-foreign");
  }
}

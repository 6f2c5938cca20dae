package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.server.identity.AccessKey;
import dev.zhiku.server.identity.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysTest {
  @TempDir private Path folder;

  @Test
  void new_keys_are_found_again_in_a_file_of_their_owner_only() throws IOException {
    Path file = folder.resolve("access.key");
    AccessKeys made = AccessKeys.create(file);
    AccessKeys found = AccessKeys.find(file).orElseThrow();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(found.role(made.text(Role.READER))).contains(Role.READER);
    assertThat(found.role(made.text(Role.ADMIN))).contains(Role.ADMIN);
    assertThat(made.text(Role.ADMIN)).matches("kb_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9a-f]{8}");
  }

  @Test
  void no_file_means_no_keys() {
    assertThat(AccessKeys.find(folder.resolve("access.key"))).isEmpty();
  }

  @Test
  void keys_are_never_made_twice_over_the_same_file() {
    AccessKeys.create(folder.resolve("access.key"));

    assertThatThrownBy(() -> AccessKeys.create(folder.resolve("access.key")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void no_two_keys_are_alike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(seen.add(AccessKey.random().text())).isTrue();
    }
  }

  @Test
  void a_key_with_any_character_changed_opens_nothing() {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    String key = keys.text(Role.ADMIN);
    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'a' ? 'b' : 'a';

      assertThat(keys.role(key.substring(0, i) + other + key.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void a_file_that_others_may_read_is_refused_with_the_way_out() throws IOException {
    Path file = folder.resolve("access.key");
    AccessKeys.create(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> AccessKeys.find(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reader nonsense",
        "admin {key}",
        "owner {key}",
        "reader {key} {key}\nadmin {key}"
      })
  void a_file_without_two_good_lines_is_refused_and_no_key_repeated(String lines)
      throws IOException {
    Path file = folder.resolve("access.key");
    String key = AccessKey.random().text();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, lines.replace("{key}", key));

    assertThatThrownBy(() -> AccessKeys.find(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("access.key")
        .hasMessageNotContaining(key);
  }
}

package dev.zhiku.index.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @TempDir private Path folder;

  @Test
  void a_file_is_made_and_replaced_and_no_draft_is_left() throws IOException {
    Path file = folder.resolve("facts");

    DurableFile.write(file, "one 一\n");
    DurableFile.write(file, "two");

    assertThat(file).hasContent("two");
    assertThat(names()).containsExactly("facts");
  }

  @Test
  void a_draft_that_a_crash_left_is_in_nobodys_way() throws IOException {
    Files.writeString(folder.resolve("facts.new"), "half of a much longer tex");

    DurableFile.write(folder.resolve("facts"), "whole");

    assertThat(folder.resolve("facts")).hasContent("whole");
    assertThat(names()).containsExactly("facts");
  }

  @Test
  void what_cannot_be_written_leaves_the_content_before() throws IOException {
    Path file = folder.resolve("facts");
    DurableFile.write(file, "before");
    Files.createDirectories(folder.resolve("facts.new/full"));

    assertThatThrownBy(() -> DurableFile.write(file, "after")).isInstanceOf(IOException.class);

    assertThat(file).hasContent("before");
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThatThrownBy(() -> DurableFile.write(folder.resolve("no/facts"), "x"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_file_is_made_only_where_there_is_none() throws IOException {
    Path file = folder.resolve("secret");

    DurableFile.create(file, "mine");

    assertThatThrownBy(() -> DurableFile.create(file, "other"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
    assertThat(names()).containsExactly("secret");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void its_owner_alone_may_read_it_whatever_the_file_before_allowed() throws IOException {
    Path file = folder.resolve("facts");
    Files.writeString(file, "open");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    DurableFile.write(file, "closed");
    DurableFile.create(folder.resolve("secret"), "closed");

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(folder.resolve("secret")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_relative_name_is_fine() throws IOException {
    Path file = Path.of("target", "durable-" + System.nanoTime());
    Files.createDirectories(file.getParent());
    try {
      DurableFile.write(file, "x");

      assertThat(file).hasContent("x");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList().stream();
    }
  }
}

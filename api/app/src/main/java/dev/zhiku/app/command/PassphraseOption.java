package dev.zhiku.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the file with the passphrase of a backup. */
final class PassphraseOption {
  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "A file whose first line is the passphrase")
  private @Nullable Path file;

  /**
   * @throws ServiceRefused if the file cannot be read or begins with an empty line
   */
  Optional<String> read() {
    if (file == null) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      Optional<String> first = lines.findFirst().filter(line -> !line.isBlank());
      if (first.isPresent()) {
        return first;
      }
    } catch (IOException | UncheckedIOException e) {
      throw refused("cannot be read");
    }
    throw refused("has no first line");
  }

  private ServiceRefused refused(String why) {
    return new ServiceRefused(
        "passphrase-file",
        "The file " + file + " " + why + ".",
        "Write the passphrase into its first line, in UTF-8, and let only yourself read it.");
  }
}

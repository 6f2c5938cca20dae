package dev.zhiku.server.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where an upload waits until all of its form has come in: its fields may follow the file. Files
 * have names of ours and are gone when the request ends. Thread-safe.
 *
 * @param directory private to the service, made when first needed
 */
public record UploadSpool(Path directory) {
  /** A new empty file that nobody else may read; the caller deletes it. */
  Path newFile() {
    try {
      Files.createDirectories(directory);
      return Files.getFileStore(directory).supportsFileAttributeView("posix")
          ? Files.createTempFile(
              directory,
              "upload-",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          : Files.createTempFile(directory, "upload-", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException("No upload can be stored in " + directory, e);
    }
  }
}

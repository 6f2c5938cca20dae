package dev.zhiku.server.erasure;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The documents whose words are still to be taken out of everything, in a file of one id a line, so
 * that a kill forgets none. Thread-safe.
 */
final class DueErasures {
  private final Path file;
  private final Set<DocumentId> due = new LinkedHashSet<>();

  /** Reads the file, if there is one. */
  DueErasures(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .filter(DocumentId::isWellFormed)
            .map(DocumentId::new)
            .forEach(due::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read which documents are to be erased: " + file, e);
    }
  }

  synchronized void add(DocumentId document) {
    if (due.add(document)) {
      write();
    }
  }

  synchronized Set<DocumentId> all() {
    return new LinkedHashSet<>(due);
  }

  synchronized boolean contains(DocumentId document) {
    return due.contains(document);
  }

  synchronized void done(Set<DocumentId> documents) {
    if (due.removeAll(documents)) {
      write();
    }
  }

  private void write() {
    StringBuilder lines = new StringBuilder();
    due.forEach(id -> lines.append(id.value()).append('\n'));
    try {
      if (due.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        DurableFile.write(file, lines.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write which documents are to be erased: " + file, e);
    }
  }
}

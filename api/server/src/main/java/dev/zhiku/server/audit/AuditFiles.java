package dev.zhiku.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the log in their folder, one a day (UTC), a record a line. */
final class AuditFiles {
  private static final Pattern NAME = Pattern.compile("audit-(\\d{4}-\\d\\d-\\d\\d)\\.jsonl");

  private static final int BUFFER = 65_536;

  private final Path folder;

  AuditFiles(Path folder) {
    this.folder = folder;
  }

  /** The file of a day, there or not. */
  Path of(LocalDate day) {
    return folder.resolve("audit-" + day + ".jsonl");
  }

  /** The oldest first; none where there is no folder. */
  List<Path> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> day(file).isPresent()).sorted().toList();
    }
  }

  /** The day of a file; empty for what is no file of the log. */
  static Optional<LocalDate> day(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    try {
      return matcher.matches() ? Optional.of(LocalDate.parse(matcher.group(1))) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What is done with each line. */
  interface Reading {
    /** Takes the next line. */
    void line(Line line);
  }

  /**
   * A line of a file. Bytes that are no UTF-8 are replaced in its text, which no hash survives.
   *
   * @param number in its file, from 1
   * @param end place of the first byte after it
   * @param whole whether its end is there
   */
  record Line(String text, int number, long end, boolean whole) {}

  /** Hands on the lines of a file. */
  static void read(Path file, Reading reading) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int number = 1;
      long end = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        end++;
        if (next == '\n') {
          reading.line(new Line(line.toString(StandardCharsets.UTF_8), number, end, true));
          number++;
          line.reset();
        } else {
          line.write(next);
        }
      }
      if (line.size() > 0) {
        reading.line(new Line(line.toString(StandardCharsets.UTF_8), number, end, false));
      }
    }
  }

  /** The records of a file; lines of another form are passed over. */
  static void records(Path file, Consumer<AuditRecord> take) {
    try {
      read(file, line -> AuditRecord.read(line.text()).ifPresent(take));
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read", e);
    }
  }
}

package dev.zhiku.app.start;

import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The version of the data folder as a whole: one number for everything that lies in it. It is
 * raised whenever any file there is written so that programs before could not read it, or would
 * take it for damaged; those then refuse the folder before they touch anything. Every program reads
 * all lower numbers. What each number means is in {@code api/docs/upgrades.md}.
 */
final class DataFormat {
  /** What this program writes. */
  static final int CURRENT = 1;

  static final String FILE_NAME = "format";

  private static final int MOST_BYTES = 100;

  private DataFormat() {}

  /**
   * Refuses a folder of a later program; marks any other as of this one.
   *
   * @throws CannotStart with {@code data-too-new}; nothing has been written then
   * @throws IOException if the number cannot be read or written
   */
  static void check(Path root) throws IOException {
    Path file = root.resolve(FILE_NAME);
    int found = Files.exists(file) ? read(file) : 0;
    if (found > CURRENT) {
      throw new CannotStart(
          Code.DATA_TOO_NEW,
          "The data folder "
              + root
              + " was written by a later version of Zhiku (format "
              + found
              + ", this one reads up to "
              + CURRENT
              + "). Nothing in it was changed.\n"
              + "Start that version, or this one with another folder: --data DIR. Your documents"
              + " are not in it and are read again there.");
    }
    if (found < CURRENT) {
      DurableFile.write(file, CURRENT + "\n");
    }
  }

  private static int read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is not the number of a format");
    }
    String text = Files.readString(file).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new IOException(file + " is not the number of a format: " + text);
    }
    return Integer.parseInt(text);
  }
}

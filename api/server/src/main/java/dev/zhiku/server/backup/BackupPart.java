package dev.zhiku.server.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/**
 * One file of a backup.
 *
 * @param name where it lies below the data folder, with slashes
 */
public record BackupPart(String name, Source source) {
  /** Names that every file system can store, and that lead nowhere but below the folder. */
  private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

  private static final int MOST_STEPS = 8;

  /** The content, from its beginning each time. */
  public interface Source {
    InputStream open() throws IOException;
  }

  public BackupPart {
    if (!isSafe(name)) {
      throw new IllegalArgumentException(name + " is no name of a part");
    }
  }

  public static BackupPart of(String name, Path file) {
    return new BackupPart(name, () -> Files.newInputStream(file));
  }

  public static BackupPart of(String name, byte[] content) {
    byte[] own = content.clone();
    return new BackupPart(name, () -> new ByteArrayInputStream(own));
  }

  /** The one file in a zip. */
  public static BackupPart zipped(String name, Path zip) {
    return new BackupPart(
        name,
        () -> {
          ZipInputStream in = new ZipInputStream(Files.newInputStream(zip));
          if (in.getNextEntry() == null) {
            in.close();
            throw new IOException("nothing is in " + zip);
          }
          return in;
        });
  }

  /** Whether a name leads below the folder on every system, to nothing hidden or special. */
  public static boolean isSafe(String name) {
    String[] steps = name.split("/", -1);
    if (steps.length > MOST_STEPS) {
      return false;
    }
    for (String step : steps) {
      if (!STEP.matcher(step).matches() || step.endsWith(".")) {
        return false;
      }
    }
    return true;
  }
}

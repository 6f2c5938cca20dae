package dev.zhiku.ingest.source;

import dev.zhiku.ingest.source.SourceFileException.OutsideSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path that a file may be written to, the same on every system: one written here shall open
 * there.
 *
 * @param parts names, none of which climbs, is absolute, hidden or reserved anywhere
 */
record UploadPath(List<String> parts) {
  /** Longest name, in bytes of UTF-8: what common file systems take. */
  static final int MAX_NAME_BYTES = 255;

  private static final Pattern RESERVED =
      Pattern.compile(
          "(con|prn|aux|nul|clock\\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\\$|conout\\$)"
              + "[\\s\u00a0]*(\\..*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\:*?\"<>|\uFFFD]");

  UploadPath {
    parts = List.copyOf(parts);
  }

  /**
   * @param path {@code /} between its parts
   * @throws OutsideSource if it is not such a path
   */
  static UploadPath parse(String path) {
    List<String> parts = Arrays.asList(path.split("/", -1));
    boolean good =
        path.getBytes(StandardCharsets.UTF_8).length <= FileRules.MAX_PATH_BYTES
            && parts.size() < FolderScanner.MAX_DEPTH
            && parts.stream().allMatch(UploadPath::isName);
    if (!good) {
      throw new OutsideSource(path);
    }
    return new UploadPath(parts);
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && !name.startsWith(".")
        && !name.endsWith(".")
        && !name.endsWith(" ")
        && !FORBIDDEN.matcher(name).find()
        && !RESERVED.matcher(name).matches()
        && !HiddenCharacters.isIn(name)
        && !EscapedName.looksLikeOne(name)
        && !FileRules.temporary(name)
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
  }

  @Override
  public String toString() {
    return String.join("/", parts);
  }

  /** The same folder and {@code name (n).extension}. */
  UploadPath numbered(int n) {
    String name = parts.get(parts.size() - 1);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    List<String> other = new ArrayList<>(parts);
    other.set(parts.size() - 1, stem + " (" + n + ")" + extension);
    return parse(String.join("/", other));
  }
}

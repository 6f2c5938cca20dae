package dev.zhiku.ingest.source;

import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The rules for names: read, passed over with a reason, or not counted. */
final class FileRules {
  /**
   * Where uploads are written before they appear; lies in the source, for a move must be atomic.
   */
  static final String STAGING = ".zhiku-staging";

  /** Longest path kept, in bytes of UTF-8: as much as every database can index. */
  static final int MAX_PATH_BYTES = 2_000;

  /** Written by editors, office programs, browsers and systems for themselves. */
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "~\\$.*|\\.~lock.*|~.*\\.tmp|.*~|.*\\.(swp|swx|swo|tmp|temp|part|partial|crdownload"
              + "|download|filepart)|\\.#.*|#.*#|\\.goutputstream-.*|\\.fuse_hidden.*|\\.nfs[0-9a-f]+"
              + "|\\.ds_store|\\._.*|thumbs\\.db|ehthumbs\\.db|desktop\\.ini|\\.directory"
              + "|\\$recycle\\.bin|system volume information|@eadir|\\.trash-\\d+|lost\\+found"
              + "|\\.zhiku-staging",
          Pattern.CASE_INSENSITIVE);

  private final List<PathMatcher> include;
  private final List<PathMatcher> exclude;

  FileRules(List<String> include, List<String> exclude) {
    this.include = include.stream().map(FileRules::matcher).toList();
    this.exclude = exclude.stream().map(FileRules::matcher).toList();
  }

  static void check(String source, List<String> globs) {
    for (String glob : globs) {
      try {
        matcher(glob);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "source " + source + ": \"" + glob + "\" is not a glob: " + e.getDescription(), e);
      }
    }
  }

  private static PathMatcher matcher(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return glob.contains("/") ? matcher : path -> matcher.matches(path.getFileName());
  }

  /** Whether the name is a temporary or system file's; such files are counted and nothing more. */
  static boolean temporary(String name) {
    return TEMPORARY.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether the configuration leaves the folder out. */
  boolean excludesFolder(Path relative) {
    return exclude.stream().anyMatch(glob -> glob.matches(relative));
  }

  /** Whether the configuration leaves the file out. */
  boolean excludesFile(Path relative) {
    return excludesFolder(relative)
        || (!include.isEmpty() && include.stream().noneMatch(glob -> glob.matches(relative)));
  }

  /** The fault of a name, if it has one. */
  static Optional<Reason> unusable(Path file, String relative) {
    String name = file.getFileName().toString();
    if (name.indexOf('\uFFFD') >= 0 || !file.equals(Path.of(file.toString()))) {
      return why("not in the system's character encoding");
    }
    if (name.chars().anyMatch(FileRules::unprintable)) {
      return why("control characters");
    }
    if (HiddenCharacters.isIn(name)) {
      return why("invisible characters, or ones that turn the direction of writing");
    }
    if (EscapedName.looksLikeOne(name)) {
      return why("it reads like the escaped form of a name that cannot be used");
    }
    if (relative.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      return why("the path is longer than " + MAX_PATH_BYTES + " bytes");
    }
    return Optional.empty();
  }

  private static boolean unprintable(int c) {
    return Character.isISOControl(c) || (Character.isSurrogate((char) c) && c > 0xFFFF);
  }

  private static Optional<Reason> why(String words) {
    return Optional.of(new Reason(ReasonCode.UNUSABLE_NAME, words));
  }
}

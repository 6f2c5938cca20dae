package dev.zhiku.server.identity;

import dev.zhiku.index.Filter;

/**
 * A sentence of who may see what.
 *
 * @param subject name of a principal, {@code group:NAME} or {@code everyone}
 * @param allows whether it shows something, or hides it from whomever another rule shows it to
 * @param source name of a source, or {@link #EVERY_SOURCE}
 * @param path inside the source: a file, a folder with all below it as {@code folder/**}, or {@link
 *     #EVERYTHING}
 */
public record AccessRule(String subject, boolean allows, String source, String path) {
  /** The subject that everybody is. */
  public static final String EVERYONE = "everyone";

  /** What the name of a group follows. */
  public static final String GROUP = "group:";

  /** Instead of the name of a source. */
  public static final String EVERY_SOURCE = "*";

  /** The path of all that is in a source. */
  public static final String EVERYTHING = "**";

  private static final String BELOW = "/**";

  /** Whether a path is one of those that a rule may have. */
  public static boolean isPath(String path) {
    boolean below = path.endsWith(BELOW);
    String rest = below ? path.substring(0, path.length() - BELOW.length()) : path;
    return path.equals(EVERYTHING)
        || (!rest.isEmpty()
            && path.length() <= Filter.MAX_PATH_CHARS
            && !rest.startsWith("/")
            && !rest.endsWith("/")
            && rest.chars().noneMatch(c -> c == '*' || c == '\\' || Character.isISOControl(c)));
  }

  /** Whether it means one file. */
  boolean isOfFile() {
    return !path.endsWith(EVERYTHING);
  }

  /** What the paths that it means begin with; of one file, the path. */
  String start() {
    return isOfFile() ? path : path.substring(0, path.length() - EVERYTHING.length());
  }

  /** Whether it means a file, whoever asks. */
  public boolean means(String ofSource, String file) {
    return (source.equals(EVERY_SOURCE) || source.equals(ofSource))
        && (isOfFile() ? file.equals(path) : file.startsWith(start()));
  }

  /** For people and for the record of changes. */
  public String text() {
    return (allows ? "allow " : "deny ") + subject + " " + source + " " + path;
  }
}

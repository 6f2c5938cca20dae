package dev.zhiku.answering.markdown;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Addresses that renderers make links of by themselves, written as code. An address of mail stays
 * text: who follows it sends nothing unasked. Used by one thread.
 */
final class Address {
  private static final Set<String> SCHEMES =
      Set.of(
          "http", "https", "ftp", "ftps", "sftp", "ssh", "file", "ws", "wss", "smb", "git", "irc");

  private static final Set<String> SCHEMES_OF_MAIL = Set.of("mailto", "xmpp");
  private static final String WEB = "www";
  private static final List<String> STARTERS =
      java.util.stream.Stream.of(SCHEMES, SCHEMES_OF_MAIL, Set.of(WEB))
          .flatMap(Set::stream)
          .toList();

  private static final int LONGEST = 2048;
  private static final String PARTS = "-._~:/?#@$'()*+,;=%&!";
  private static final String ENDS = ".,;:!?'*_~)";

  private final MarkupLine line;

  Address(MarkupLine line) {
    this.line = line;
  }

  /** An address that begins with this word, or the word. */
  int atWord(Rest rest) {
    int end = 1;
    while (rest.has(end) && InertMarkup.isLetter(rest.at(end))) {
      end++;
    }
    String word = rest.text(0, end).toLowerCase(Locale.ROOT);
    if (isPartOfWord(line.last()) || STARTERS.stream().noneMatch(s -> s.startsWith(word))) {
      return plain(rest, end);
    }
    if (!rest.has(end)) {
      return rest.all() ? plain(rest, end) : 0;
    }
    int begun = begun(rest, word, end);
    return begun > 0 ? code(rest, begun) : begun == 0 ? 0 : plain(rest, end);
  }

  /** An address whose scheme nobody knows, from its colon on. */
  int atColon(Rest rest) {
    int slashes = slashes(rest, 0);
    boolean scheme = isPartOfWord(line.last()) || "+.-\\".indexOf(line.last()) >= 0;
    if (slashes == 0) {
      return 0;
    }
    return slashes > 0 && scheme ? code(rest, slashes) : plain(rest, 1);
  }

  /** Behind the scheme; 0 where more has to come first, below 0 if there is none. */
  private static int begun(Rest rest, String word, int end) {
    if (word.equals(WEB)) {
      int dot = rest.at(end) == '\\' ? end + 1 : end;
      return !rest.has(dot) ? (rest.all() ? -1 : 0) : rest.at(dot) == '.' ? dot + 1 : -1;
    }
    if (SCHEMES.contains(word)) {
      return slashes(rest, end);
    }
    if (!SCHEMES_OF_MAIL.contains(word)) {
      return -1;
    }
    int colon = rest.at(end) == '\\' ? end + 1 : end;
    if (!rest.has(colon + 1)) {
      return rest.all() ? -1 : 0;
    }
    boolean mail = rest.at(colon) == ':' && !Character.isWhitespace(rest.at(colon + 1));
    return mail ? colon + 1 : -1;
  }

  /** Behind a colon and two slashes, each perhaps escaped. */
  private static int slashes(Rest rest, int from) {
    int at = from;
    for (char wanted : new char[] {':', '/', '/'}) {
      if (rest.has(at) && rest.at(at) == '\\') {
        at++;
      }
      if (!rest.has(at)) {
        return rest.all() ? -1 : 0;
      }
      if (rest.at(at) != wanted) {
        return -1;
      }
      at++;
    }
    return at;
  }

  /** To its end, without the stop of its sentence. */
  private int code(Rest rest, int begun) {
    int end = begun;
    while (rest.has(end) && end < LONGEST && isPart(rest.at(end))) {
      end++;
    }
    if (!rest.has(end) && !rest.all() && end < LONGEST) {
      return 0;
    }
    while (end > begun && ENDS.indexOf(rest.at(end - 1)) >= 0 && !closesOwn(rest, end)) {
      end--;
    }
    line.putCode("`" + rest.text(0, end) + "`");
    return end;
  }

  private static boolean closesOwn(Rest rest, int end) {
    String address = rest.text(0, end);
    long opened = address.chars().filter(c -> c == '(').count();
    long closed = address.chars().filter(c -> c == ')').count();
    return address.endsWith(")") && opened >= closed;
  }

  private static boolean isPart(char c) {
    return InertMarkup.isLetter(c) || (c >= '0' && c <= '9') || PARTS.indexOf(c) >= 0;
  }

  private static boolean isPartOfWord(char c) {
    return InertMarkup.isLetter(c) || (c >= '0' && c <= '9');
  }

  private int plain(Rest rest, int length) {
    line.put(rest.text(0, length));
    return length;
  }
}

package dev.zhiku.ingest.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The form in which the catalogue names a file whose own name cannot be used: as in a web address.
 * A usable name never reads like one, so that two files never share a row.
 */
final class EscapedName {
  /** Characters that an address may have; anything else would have been escaped. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[\\w\\-.!~'()*:@&=+$,;]|%[0-9A-F]{2})+");

  private static final Pattern SHORTENED = Pattern.compile(".*…[0-9a-f]{16}….*");
  private static final int HASH_CHARS = 16;
  private static final int HEX = 16;

  private EscapedName() {}

  /**
   * The path with its last name escaped, and shortened where it would be too long for a row.
   *
   * @param path ends with the name of the file
   */
  static String of(Path file, String path) {
    String parent = path.substring(0, path.length() - file.getFileName().toString().length());
    String raw = file.toUri().getRawPath().replaceAll("/$", "");
    String shown = parent + raw.substring(raw.lastIndexOf('/') + 1);
    return shown.getBytes(StandardCharsets.UTF_8).length <= FileRules.MAX_PATH_BYTES
        ? shown
        : shortened(shown);
  }

  /** Whether a name that could be used reads like what {@link #of} makes of one that cannot. */
  static boolean looksLikeOne(String name) {
    if (SHORTENED.matcher(name).matches()) {
      return true;
    }
    return name.indexOf('%') >= 0 && ADDRESS.matcher(name).matches() && hidesUnusable(name);
  }

  private static boolean hidesUnusable(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '%') {
        bytes.write(Integer.parseInt(escaped, i + 1, i + 3, HEX));
        i += 2;
      } else {
        bytes.write(escaped.charAt(i));
      }
    }
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return name.indexOf('\uFFFD') >= 0 || HiddenCharacters.isIn(name) || looksLikeOne(name);
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  private static String shortened(String path) {
    int kept = FileRules.MAX_PATH_BYTES / 8;
    return path.substring(0, kept) + "…" + hash(path) + "…" + path.substring(path.length() - kept);
  }

  private static String hash(String path) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

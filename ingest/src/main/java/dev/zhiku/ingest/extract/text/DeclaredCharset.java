package dev.zhiku.ingest.extract.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets as mails and address books declare them: a name stands for the largest charset that is
 * written under it, and for none where the bytes do not bear it out.
 */
public final class DeclaredCharset {
  private static final char REPLACEMENT = '\uFFFD';

  /** Larger charsets of names under which programs write characters that only these have. */
  private static final Map<String, String> LARGER =
      Map.ofEntries(
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("cp936", "GB18030"),
          Map.entry("ms936", "GB18030"),
          Map.entry("windows-936", "GB18030"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("cp950", "x-windows-950"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"));

  private DeclaredCharset() {}

  /** The charset of that name; none for ASCII, which says nothing, and for unknown names. */
  public static Optional<Charset> named(String name) {
    String plain = name.strip().replace("\"", "").toLowerCase(Locale.ROOT);
    try {
      Charset charset = Charset.forName(LARGER.getOrDefault(plain, plain));
      return charset.equals(StandardCharsets.US_ASCII) ? Optional.empty() : Optional.of(charset);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The bytes as text, by the declared charset where they make sense in it, else as undeclared text
   * is read. Valid UTF-8 beyond ASCII that claims to be Western is UTF-8.
   */
  public static String decode(byte[] bytes, Optional<Charset> declared) {
    String utf8 = new String(bytes, StandardCharsets.UTF_8);
    boolean western = declared.filter(c -> c.name().startsWith("windows-125")).isPresent();
    if (western && utf8.length() < bytes.length && utf8.indexOf(REPLACEMENT) < 0) {
      return utf8;
    }
    return declared
        .map(charset -> new String(bytes, charset))
        .filter(DeclaredCharset::fewReplaced)
        .orElseGet(() -> TextCharset.decode(bytes));
  }

  /** A single bad byte in a long mail does not make its charset wrong. */
  private static boolean fewReplaced(String text) {
    long replaced = text.chars().filter(c -> c == REPLACEMENT).count();
    return replaced * 100 <= text.length();
  }
}

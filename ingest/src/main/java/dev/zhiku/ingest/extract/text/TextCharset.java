package dev.zhiku.ingest.extract.text;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how text is encoded: a byte order mark, then valid UTF-8, then UTF-16 by its zero bytes
 * or by the characters it would give, then the legacy charset whose decoding looks most like text.
 */
public final class TextCharset {
  private static final int SAMPLE_BYTES = 64 << 10;
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset BIG5 = Charset.forName("Big5-HKSCS");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset DOS = Charset.forName("IBM437");
  private static final double MOSTLY_PLAUSIBLE = 0.9;
  private static final double MOSTLY_ASCII = 0.8;
  private static final double FEW_ERRORS = 0.02;
  private static final double MOST_CONTROLS = 0.05;
  private static final int TRUSTED_CONFIDENCE = 40;

  /** Legacy charsets that ICU tells well enough to be believed. */
  private static final Set<String> TRUSTED =
      Set.of("Shift_JIS", "EUC-JP", "EUC-KR", "ISO-2022-JP", "windows-1251", "KOI8-R");

  private TextCharset() {}

  /** Whether unknown bytes are most likely text, such as UTF-16 without a mark. */
  public static boolean looksLikeText(Path file) throws IOException {
    byte[] sample = sample(file);
    if (sample.length == 0) {
      return false;
    }
    String text = new String(sample, detect(sample));
    return plausibility(text) > MOSTLY_PLAUSIBLE && controls(text) < MOST_CONTROLS;
  }

  /**
   * The whole file as text; bytes that make no sense become U+FFFD.
   *
   * @throws UnreadableFileException if it is no text, whatever its name says
   */
  public static String decode(Path file) throws IOException, UnreadableFileException {
    String text = decode(Files.readAllBytes(file));
    if (controls(text) > MOST_CONTROLS) {
      throw new UnreadableFileException(ReasonCode.CORRUPT);
    }
    return text;
  }

  static String decode(byte[] bytes) {
    byte[] sample = bytes.length > SAMPLE_BYTES ? Arrays.copyOf(bytes, SAMPLE_BYTES) : bytes;
    Charset charset = detect(sample);
    if (!charset.equals(StandardCharsets.UTF_8) || isUtf8(bytes) || fewErrors(bytes)) {
      return new String(bytes, charset);
    }
    return new String(bytes, legacy(bytes).orElse(StandardCharsets.UTF_8));
  }

  /**
   * The charset of file names that do not say theirs.
   *
   * @param names one a line
   */
  public static Charset ofNames(byte[] names) {
    if (isUtf8(names)) {
      return StandardCharsets.UTF_8;
    }
    return legacy(names).orElse(DOS);
  }

  /** The most likely charset of these bytes, which may be cut at any place. */
  static Charset detect(byte[] bytes) {
    return byMark(bytes)
        .or(() -> byZeros(bytes))
        .or(() -> isUtf8(bytes) ? Optional.of(StandardCharsets.UTF_8) : Optional.empty())
        .or(() -> legacy(bytes))
        .or(() -> byCharacters(bytes))
        .orElseGet(() -> fewErrors(bytes) ? StandardCharsets.UTF_8 : WINDOWS_1252);
  }

  private static byte[] sample(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SAMPLE_BYTES);
    }
  }

  private static Optional<Charset> byMark(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
      return Optional.of(Charset.forName("UTF-32LE"));
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return startsWith(bytes, 0xFE, 0xFF)
        ? Optional.of(StandardCharsets.UTF_16BE)
        : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Western text in UTF-16: every other byte is zero. */
  private static Optional<Charset> byZeros(byte[] bytes) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0 && i % 2 == 0) {
        even++;
      } else if (bytes[i] == 0) {
        odd++;
      }
    }
    int half = bytes.length / 2;
    if (even > half * 0.6 && odd < half * 0.1) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return odd > half * 0.6 && even < half * 0.1
        ? Optional.of(StandardCharsets.UTF_16LE)
        : Optional.empty();
  }

  /** UTF-16 in Chinese has few zeros: decode it both ways and see which is text. */
  private static Optional<Charset> byCharacters(byte[] bytes) {
    if (bytes.length < 4 || isMostlyAscii(bytes)) {
      return Optional.empty();
    }
    byte[] even = bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length - 1);
    double big = plausibility(new String(even, StandardCharsets.UTF_16BE));
    double little = plausibility(new String(even, StandardCharsets.UTF_16LE));
    if (Math.max(big, little) < MOSTLY_PLAUSIBLE) {
      return Optional.empty();
    }
    return Optional.of(big >= little ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
  }

  /** Letters, digits and blanks of one byte each, which two by two would pass for ideographs. */
  private static boolean isMostlyAscii(byte[] bytes) {
    int ascii = 0;
    for (byte b : bytes) {
      ascii += (b >= 0x20 && b < 0x7F) || b == '\n' || b == '\r' || b == '\t' ? 1 : 0;
    }
    return ascii > MOSTLY_ASCII * bytes.length;
  }

  private static boolean isUtf8(byte[] bytes) {
    return decodesStrictly(bytes, StandardCharsets.UTF_8);
  }

  /** UTF-8 with some damage: more of its longer characters are right than wrong. */
  private static boolean fewErrors(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    long errors = text.chars().filter(c -> c == 0xFFFD).count();
    long told = text.chars().filter(c -> c >= 0x80 && c != 0xFFFD).count();
    return errors <= FEW_ERRORS * text.length() && told > errors;
  }

  private static Optional<Charset> legacy(byte[] bytes) {
    if (fewErrors(bytes)) {
      return Optional.empty();
    }
    Optional<Charset> chinese =
        List.of(GB18030, BIG5).stream()
            .filter(charset -> decodesStrictly(bytes, charset))
            .filter(charset -> commonness(bytes, charset) > 0.5)
            .max((a, b) -> Double.compare(commonness(bytes, a), commonness(bytes, b)));
    return chinese.or(() -> byIcu(bytes));
  }

  private static Optional<Charset> byIcu(byte[] bytes) {
    CharsetMatch match = new CharsetDetector().setText(bytes).detect();
    boolean trusted =
        match != null
            && TRUSTED.contains(match.getName())
            && match.getConfidence() >= TRUSTED_CONFIDENCE
            && Charset.isSupported(match.getName());
    return trusted ? Optional.of(Charset.forName(match.getName())) : Optional.empty();
  }

  /** Whether all of it decodes, but for a character cut off at the end. */
  private static boolean decodesStrictly(byte[] bytes, Charset charset) {
    for (int cut = 0; cut < 4 && cut < bytes.length; cut++) {
      try {
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
        return true;
      } catch (CharacterCodingException malformed) {
        if (bytes.length < SAMPLE_BYTES) {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * Share of the Chinese characters that are everyday ones. Both charsets put the frequent
   * characters into their first level, so a wrong guess lands on rare ones or on symbols.
   */
  private static double commonness(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    long wide = text.chars().filter(c -> c >= 0x80).count();
    long everyday = text.chars().filter(c -> c >= 0x80 && isEveryday(c, charset)).count();
    return wide == 0 ? 0 : everyday / (double) wide;
  }

  private static boolean isEveryday(int c, Charset charset) {
    if ((c >= 0x3001 && c <= 0x3011)
        || (c >= 0xFF01 && c <= 0xFF1F)
        || c == 0x201C
        || c == 0x201D) {
      return true;
    }
    if (c < 0x4E00 || c > 0x9FFF) {
      return false;
    }
    byte[] code = String.valueOf((char) c).getBytes(charset);
    int lead = code[0] & 0xFF;
    return charset.equals(GB18030)
        ? code.length == 2 && lead >= 0xB0 && lead <= 0xD7 && (code[1] & 0xFF) >= 0xA1
        : code.length == 2 && lead >= 0xA4 && lead <= 0xC6;
  }

  /** Share of characters one meets in texts: letters, ideographs in use, marks, white space. */
  private static double plausibility(String text) {
    long good = text.chars().filter(TextCharset::isPlausible).count();
    return text.isEmpty() ? 0 : good / (double) text.length();
  }

  private static boolean isPlausible(int c) {
    return (c >= 0x20 && c < 0x7F)
        || c == '\n'
        || c == '\r'
        || c == '\t'
        || (c >= 0xA1 && c <= 0x17F)
        || (c >= 0x370 && c <= 0x5FF)
        || (c >= 0x2010 && c <= 0x2027)
        || (c >= 0x3000 && c <= 0x30FF)
        || (c >= 0x4E00 && c <= 0x9FA5)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xFF01 && c <= 0xFF5E);
  }

  /** Share of characters that no text has; a zero between words is forgiven. */
  private static double controls(String text) {
    long controls =
        text.chars()
            .filter(c -> (c < 0x20 && c > 0 && c != '\n' && c != '\r' && c != '\t' && c != '\f'))
            .count();
    return controls / (double) Math.max(1, text.length());
  }
}

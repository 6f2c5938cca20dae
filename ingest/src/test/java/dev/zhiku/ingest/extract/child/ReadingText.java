package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files of text that stand one after the other in a resource, each under its name. */
final class ReadingText {
  private static final String MARK = "=== ";

  private ReadingText() {}

  /** All of them by name; mails with the line ends that mails have. */
  static Map<String, Sample> all() throws IOException {
    Map<String, Sample> files = new LinkedHashMap<>();
    for (String part : ("\n" + resource("texts.txt")).split("\n" + MARK, -1)) {
      int end = part.indexOf('\n');
      if (end < 0) {
        continue;
      }
      String head = part.substring(0, end);
      int charsetAt =
          head.endsWith("GBK") || head.endsWith("Big5") || head.endsWith("1252")
              ? head.lastIndexOf(' ')
              : head.length();
      String name = head.substring(0, charsetAt);
      String charset = head.substring(charsetAt).strip();
      String text = part.substring(end + 1) + "\n";
      byte[] bytes =
          (name.endsWith(".eml") ? text.replace("\n", "\r\n") : text)
              .getBytes(charset.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(charset));
      files.put(name, Sample.of(name, bytes));
    }
    return files;
  }

  /** A file that is kept as it was made. */
  static Sample kept(String name) {
    try {
      return Sample.of(name, bytes("files/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ReadingText.class.getResourceAsStream("/reading/" + name), name)) {
      return in.readAllBytes();
    }
  }
}

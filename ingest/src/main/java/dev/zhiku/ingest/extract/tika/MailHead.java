package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.text.DeclaredCharset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a mail as its sender wrote it: subject, people and date. Encoded words are decoded by
 * their charset, bare bytes by that of the body; the date keeps its day and offset.
 */
final class MailHead {
  private static final int MOST_BYTES = 256 << 10;
  private static final Pattern END = Pattern.compile("\\r?\\n\\r?\\n");
  private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]+");
  private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([\\w.:-]+)");
  private static final Pattern ENCODED =
      Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([BbQq])\\?([^?]*)\\?=");
  private static final Pattern BETWEEN_ENCODED = Pattern.compile("(?<=\\?=)\\s+(?==\\?)");
  private static final Pattern ESCAPED = Pattern.compile("=([0-9A-Fa-f]{2})");
  private static final List<String> SHOWN = List.of("From", "To", "Cc", "Date");

  private final Map<String, List<String>> fields = new LinkedHashMap<>();

  private MailHead() {}

  /** The head of the mail in that file. */
  static MailHead of(Path mail) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(mail)) {
      start = in.readNBytes(MOST_BYTES);
    }
    String all = new String(start, StandardCharsets.ISO_8859_1);
    String head = FOLD.matcher(END.split(all, 2)[0]).replaceAll(" ");
    Matcher declared = CHARSET.matcher(all);
    Optional<Charset> body =
        declared.find() ? DeclaredCharset.named(declared.group(1)) : Optional.empty();
    MailHead read = new MailHead();
    head.lines().forEach(line -> read.field(line, body));
    return read;
  }

  private void field(String line, Optional<Charset> body) {
    int colon = line.indexOf(':');
    if (colon > 0) {
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      byte[] raw = line.substring(colon + 1).strip().getBytes(StandardCharsets.ISO_8859_1);
      String value = decoded(DeclaredCharset.decode(raw, body));
      fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
  }

  /** Hands over the subject as title and the people and date below it. */
  void add(BlockSink sink) {
    all("Subject").ifPresent(subject -> sink.heading(0, subject, Place.WHOLE));
    List<String> lines = new ArrayList<>();
    for (String name : SHOWN) {
      UnaryOperator<String> form = name.equals("Date") ? MailDate::shown : value -> value;
      all(name).ifPresent(value -> lines.add(name + ": " + form.apply(value)));
    }
    sink.preformatted(String.join("\n", lines), Place.WHOLE);
  }

  private Optional<String> all(String name) {
    List<String> values = fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** Encoded words side by side are joined as bytes: some programs cut characters in two. */
  private static String decoded(String value) {
    String joined = BETWEEN_ENCODED.matcher(value).replaceAll("");
    Matcher word = ENCODED.matcher(joined);
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String charset = "";
    int end = 0;
    while (word.find()) {
      String between = joined.substring(end, word.start());
      if (!between.isEmpty() || !charset.equalsIgnoreCase(word.group(1))) {
        text.append(taken(bytes, charset)).append(between);
      }
      charset = word.group(1);
      bytes.writeBytes(bytes(word.group(2), word.group(3)));
      end = word.end();
    }
    return text.append(taken(bytes, charset)).append(joined.substring(end)).toString();
  }

  private static String taken(ByteArrayOutputStream bytes, String charset) {
    String text = DeclaredCharset.decode(bytes.toByteArray(), DeclaredCharset.named(charset));
    bytes.reset();
    return text;
  }

  private static byte[] bytes(String encoding, String text) {
    if (encoding.equalsIgnoreCase("B")) {
      return Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    String plain =
        ESCAPED
            .matcher(text.replace('_', ' '))
            .replaceAll(
                escape ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    return plain.getBytes(StandardCharsets.ISO_8859_1);
  }
}

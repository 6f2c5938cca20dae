package dev.zhiku.ingest.extract.record;

import dev.zhiku.ingest.extract.text.DeclaredCharset;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an address card or calendar, unfolded and decoded.
 *
 * @param name in capital letters, without its group
 * @param parameters by name in capital letters; bare ones of old cards are of TYPE
 * @param value as written, escapes included
 * @param first line of the file, from 1
 * @param last line of the file, inclusive
 */
record ContentLine(String name, Map<String, String> parameters, String value, int first, int last) {
  private static final Pattern HEAD =
      Pattern.compile("((?:[^:;\"]|\"[^\"]*\")+)((?:;(?:[^:;\"]|\"[^\"]*\")*)*):(.*)");
  private static final Pattern PARAMETER = Pattern.compile(";((?:[^;\"]|\"[^\"]*\")*)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([nN;,:\\\\])");
  private static final String QUOTED_PRINTABLE = "QUOTED-PRINTABLE";

  ContentLine {
    parameters = Map.copyOf(parameters);
  }

  /** A line as it stands in the file, each character a byte. */
  private record Raw(String text, int first, int last) {}

  /** All lines that have a name and a value. */
  static List<ContentLine> of(byte[] file) {
    List<Raw> raw = unfolded(new String(file, StandardCharsets.ISO_8859_1));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    raw.forEach(line -> all.writeBytes(bytes(line.text() + "\n")));
    String decoded = DeclaredCharset.decode(all.toByteArray(), Optional.empty());
    List<String> lines = decoded.lines().toList();
    List<ContentLine> read = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      String text = lines.size() == raw.size() ? lines.get(i) : raw.get(i).text();
      parsed(raw.get(i), text).ifPresent(read::add);
    }
    return read;
  }

  /** Lines are folded between bytes, so that a character may be in two of them. */
  private static List<Raw> unfolded(String file) {
    List<Raw> lines = new ArrayList<>();
    int number = 0;
    for (String line : file.lines().toList()) {
      number++;
      Raw last = lines.isEmpty() ? new Raw("", 0, 0) : lines.getLast();
      boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      boolean soft = last.text().endsWith("=") && last.text().contains(QUOTED_PRINTABLE);
      if (soft && !lines.isEmpty()) {
        String before = last.text().substring(0, last.text().length() - 1);
        lines.set(lines.size() - 1, new Raw(before + line.strip(), last.first(), number));
      } else if (folded && !lines.isEmpty()) {
        lines.set(lines.size() - 1, new Raw(last.text() + line.substring(1), last.first(), number));
      } else {
        lines.add(new Raw(line, number, number));
      }
    }
    return lines;
  }

  private static Optional<ContentLine> parsed(Raw raw, String text) {
    Matcher line = HEAD.matcher(text);
    if (!line.matches()) {
      return Optional.empty();
    }
    String name = line.group(1).strip().toUpperCase(Locale.ROOT);
    Map<String, String> parameters = parameters(line.group(2));
    String value = line.group(3);
    Optional<Charset> charset =
        DeclaredCharset.named(parameters.getOrDefault("CHARSET", "us-ascii"));
    if (isQuotedPrintable(parameters)) {
      value = DeclaredCharset.decode(unquoted(value), charset);
    } else if (charset.isPresent()) {
      String bare = raw.text().substring(raw.text().indexOf(':', line.start(2)) + 1);
      value = DeclaredCharset.decode(bytes(bare), charset);
    }
    return Optional.of(
        new ContentLine(
            name.substring(name.lastIndexOf('.') + 1),
            parameters,
            value.strip(),
            raw.first(),
            raw.last()));
  }

  private static boolean isQuotedPrintable(Map<String, String> parameters) {
    String bare = parameters.getOrDefault("TYPE", "").toUpperCase(Locale.ROOT);
    return parameters.getOrDefault("ENCODING", bare).toUpperCase(Locale.ROOT).contains("QUOTED");
  }

  private static Map<String, String> parameters(String written) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(written);
    while (parameter.find()) {
      String text = parameter.group(1);
      int equals = text.indexOf('=');
      String name = equals < 0 ? "TYPE" : text.substring(0, equals).toUpperCase(Locale.ROOT);
      String value = text.substring(equals + 1).replace("\"", "");
      parameters.merge(name, value, (a, b) -> a + "," + b);
    }
    return parameters;
  }

  private static byte[] unquoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      boolean escape =
          text.charAt(i) == '='
              && i + 2 < text.length()
              && Character.digit(text.charAt(i + 1), 16) >= 0
              && Character.digit(text.charAt(i + 2), 16) >= 0;
      bytes.write(escape ? Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
      i += escape ? 2 : 0;
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The value as people read it. */
  String text() {
    return unescaped(value);
  }

  /** The parts between semicolons as people read them, empty ones left out. */
  List<String> parts() {
    return List.of(value.split("(?<!\\\\);", -1)).stream()
        .map(ContentLine::unescaped)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            escape ->
                escape.group(1).equalsIgnoreCase("n")
                    ? "\n"
                    : Matcher.quoteReplacement(escape.group(1)));
  }
}

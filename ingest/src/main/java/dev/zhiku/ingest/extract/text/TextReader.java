package dev.zhiku.ingest.extract.text;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain text of any kind, source code and JSON included, cited by line. Blank lines part
 * paragraphs; line breaks are kept. Lines of plain text that stand in columns are rows.
 */
public final class TextReader implements FormatReader {
  private static final Set<String> TEXT_APPLICATIONS =
      Set.of(
          "application/json",
          "application/javascript",
          "application/x-sh",
          "application/sql",
          "application/x-sql",
          "application/x-yaml",
          "application/toml",
          "application/x-bat",
          "application/x-tex",
          "application/x-latex");
  private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
  private static final int FIRST_LINE = 1;

  @Override
  public boolean reads(String mediaType) {
    return takes(mediaType);
  }

  /** Whether files of that type are text, Markdown, HTML and tables of text included. */
  public static boolean takes(String mediaType) {
    return mediaType.startsWith("text/") || TEXT_APPLICATIONS.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    String text = TextCharset.decode(file.path());
    if (file.mediaType().equals("application/json")) {
      text = UNICODE_ESCAPE.matcher(text).replaceAll(TextReader::unescaped);
    }
    boolean prose = file.mediaType().equals("text/plain");
    List<String> lines = text.lines().toList();
    int start = 0;
    for (int i = 0; i <= lines.size(); i++) {
      boolean blank = i == lines.size() || CleanText.running(lines.get(i)).isEmpty();
      if (blank && i > start) {
        emit(lines.subList(start, i), start + FIRST_LINE, prose, sink);
      }
      if (blank) {
        start = i + 1;
      }
    }
  }

  private static String unescaped(MatchResult escape) {
    char c = (char) Integer.parseInt(escape.group(1), 16);
    return c < ' ' || c == '"' || c == '\\'
        ? Matcher.quoteReplacement(escape.group())
        : Matcher.quoteReplacement(String.valueOf(c));
  }

  private static void emit(List<String> lines, int first, boolean prose, BlockSink sink) {
    if (!prose) {
      sink.preformatted(String.join("\n", lines), place(first, lines.size()));
      return;
    }
    int from = 0;
    for (AlignedLines table : AlignedLines.in(lines)) {
      paragraph(lines.subList(from, table.start()), first + from, sink);
      table.read(sink, line -> place(first + line, 1));
      from = table.end();
    }
    paragraph(lines.subList(from, lines.size()), first + from, sink);
  }

  private static void paragraph(List<String> lines, int first, BlockSink sink) {
    if (!lines.isEmpty()) {
      sink.paragraph(String.join("\n", lines), place(first, lines.size()));
    }
  }

  private static Place place(int first, int lines) {
    return new Place(Kind.LINES, Optional.empty(), Optional.empty(), first, first + lines - 1);
  }
}

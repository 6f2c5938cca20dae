package dev.zhiku.ingest.extract.text;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.TableRows;
import dev.zhiku.ingest.extract.UnreadableFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Comma- and tab-separated values in any charset, row by row; quotes as in RFC 4180. */
public final class CsvReader implements FormatReader {
  private static final Set<String> TYPES =
      Set.of("text/csv", "text/tsv", "text/tab-separated-values");
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int SAMPLE_LINES = 20;

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    String text = CleanText.preformatted(TextCharset.decode(file.path()));
    TableRows rows = new TableRows(sink, CsvReader::place, true);
    Parser parser = new Parser(text, separator(text));
    int number = 0;
    for (List<String> row = parser.row(); !row.isEmpty(); row = parser.row()) {
      number++;
      rows.add(number, row, false, parser.written());
    }
    rows.finish();
  }

  private static Place place(int row) {
    return new Place(Kind.CELLS, Optional.empty(), Optional.empty(), row, row);
  }

  /** The separator that most of the first lines have, most often. */
  private static char separator(String text) {
    List<String> lines = text.lines().limit(SAMPLE_LINES).toList();
    char best = ',';
    long most = 0;
    for (char candidate : SEPARATORS) {
      long count =
          lines.stream()
              .mapToLong(line -> Math.min(100, line.chars().filter(c -> c == candidate).count()))
              .sum();
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  private static final class Parser {
    private final String text;
    private final char separator;
    private int at;
    private int rowStart;

    Parser(String text, char separator) {
      this.text = text;
      this.separator = separator;
    }

    /** The next row; empty at the end. A blank line is a row with one blank cell. */
    List<String> row() {
      List<String> cells = new ArrayList<>();
      rowStart = at;
      while (at < text.length()) {
        cells.add(cell());
        boolean more = at < text.length() && text.charAt(at) == separator;
        at++;
        if (!more) {
          break;
        }
      }
      return cells;
    }

    /** The last row as it stands in the file. */
    String written() {
      return text.substring(rowStart, Math.min(at, text.length())).strip();
    }

    private String cell() {
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      int start = at;
      skipToEndOfCell();
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder cell = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          cell.append(c);
        } else if (at < text.length() && text.charAt(at) == '"') {
          cell.append('"');
          at++;
        } else {
          break;
        }
      }
      int rest = at;
      skipToEndOfCell();
      return cell.append(text, rest, at).toString();
    }

    private void skipToEndOfCell() {
      while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n') {
        at++;
      }
    }
  }
}

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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Comma- and tab-separated values in any charset, row by row; quotes as in RFC 4180. */
public final class CsvReader implements FormatReader {
  private static final Set<String> TYPES =
      Set.of("text/csv", "text/tsv", "text/tab-separated-values");
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int SAMPLE_LINES = 20;

  /** A first line by which Excel is told the separator; it is no part of the table. */
  private static final Pattern DECLARED = Pattern.compile("(?i)\"?sep=([,;\\t| :^~])?\"?\\R");

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    String text = CleanText.preformatted(TextCharset.decode(file.path()));
    Matcher declared = DECLARED.matcher(text);
    boolean named = declared.lookingAt();
    char separator = named ? named(declared, text) : separator(text);
    TableRows rows = new TableRows(sink, CsvReader::place, true);
    try (CSVParser parser = CSVParser.parse(text, format(separator, text))) {
      Iterator<CSVRecord> records = parser.iterator();
      if (named) {
        records.next();
      }
      CSVRecord row = next(records);
      while (row != null) {
        CSVRecord following = next(records);
        long end = following == null ? text.length() : following.getCharacterPosition();
        String written = text.substring((int) row.getCharacterPosition(), (int) end).strip();
        rows.add((int) row.getRecordNumber(), row.toList(), false, written);
        row = following;
      }
    }
    rows.finish();
  }

  /** The separator named; a tab at the end of the line is gone by now. */
  private static char named(Matcher declared, String text) {
    String told = declared.group(1);
    if (told != null) {
      return told.charAt(0);
    }
    return text.indexOf('\t') >= 0 ? '\t' : separator(text.substring(declared.end()));
  }

  private static @Nullable CSVRecord next(Iterator<CSVRecord> records) {
    return records.hasNext() ? records.next() : null;
  }

  /**
   * Nothing that a table may hold ends the reading: words behind a quote, a quote left open. Where
   * tabs part the values, a quote without a second one is a sign like any other, not the begin of a
   * value of several lines.
   */
  private static CSVFormat format(char separator, String text) {
    boolean inches = separator == '\t' && text.chars().filter(c -> c == '"').count() % 2 > 0;
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(separator)
        .setQuote(inches ? null : Character.valueOf('"'))
        .setTrailingData(true)
        .setLenientEof(true)
        .get();
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
}

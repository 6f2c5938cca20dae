package dev.zhiku.ingest.extract.record;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.extract.text.TextReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Address cards (VCF) and calendars (ICS): a row for each contact, event and task, labelled in
 * English and Chinese. Alarms and rules of time zones are left out. What holds no record is text.
 */
public final class RecordReader implements FormatReader {
  private static final Set<String> TYPES =
      Set.of("text/vcard", "text/x-vcard", "text/x-vcalendar", "text/calendar");
  private static final String CARD = "VCARD";
  private static final Set<String> RECORDS = Set.of(CARD, "VEVENT", "VTODO", "VJOURNAL");
  private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};
  private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};

  private final TextReader text = new TextReader();

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    List<ContentLine> record = new ArrayList<>();
    List<String> within = new ArrayList<>();
    boolean none = true;
    for (ContentLine line : ContentLine.of(singleBytes(Files.readAllBytes(file.path())))) {
      String part = line.value().toUpperCase(Locale.ROOT);
      if (line.name().equals("BEGIN")) {
        within.add(part);
      }
      if (!within.isEmpty() && RECORDS.contains(within.getLast())) {
        record.add(line);
      } else if (line.name().equals("X-WR-CALNAME")) {
        sink.heading(0, line.text(), Place.WHOLE);
      }
      if (line.name().equals("END") && !within.isEmpty()) {
        String ended = within.removeLast();
        if (RECORDS.contains(ended)) {
          handOver(ended, record, sink);
          record.clear();
          none = false;
        }
      }
    }
    if (none) {
      text.read(file, sink);
    }
  }

  private static void handOver(String kind, List<ContentLine> lines, BlockSink sink) {
    LabelledRow record = kind.equals(CARD) ? Contact.of(lines) : Event.of(lines);
    record.handOver(lines.getFirst().first(), lines.getLast().last(), sink);
  }

  /** Lines are found among bytes: text in UTF-16 is made UTF-8 before. */
  private static byte[] singleBytes(byte[] file) {
    if (startsWith(file, UTF_16_LITTLE) || startsWith(file, UTF_16_BIG)) {
      return new String(file, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
    }
    return file;
  }

  private static boolean startsWith(byte[] file, byte[] mark) {
    return file.length > 1 && file[0] == mark[0] && file[1] == mark[1];
  }
}

package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.message.Phrase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Notes as one text: the sentence in each language to a record, parted by the separators made for
 * this. Records of earlier versions hold two: English and simplified Chinese.
 */
final class NoteText {
  /** Longest text kept, in UTF-16 units; notes beyond it are left out. */
  static final int MAX_CHARS = 20_000;

  private static final String FIELD = "\u001f";
  private static final String RECORD = "\u001e";

  private NoteText() {}

  static String write(List<Phrase> notes) {
    StringBuilder text = new StringBuilder();
    for (Phrase note : notes) {
      String record =
          plain(note.english())
              + FIELD
              + plain(note.chinese())
              + FIELD
              + plain(note.traditional())
              + RECORD;
      if (text.length() + record.length() > MAX_CHARS) {
        break;
      }
      text.append(record);
    }
    return text.toString();
  }

  static List<Phrase> read(String text) {
    return Arrays.stream(text.split(RECORD, 0))
        .map(record -> record.split(FIELD, -1))
        .filter(fields -> fields.length == 2 || fields.length == 3)
        .map(fields -> new Phrase(fields[0], fields[1], fields[fields.length - 1]))
        .collect(Collectors.toList());
  }

  private static String plain(String sentence) {
    return sentence.replaceAll("[\\p{Cntrl}]", " ");
  }
}

package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.model.FileInformationBlock;
import org.apache.poi.hwpf.model.PlexOfCps;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;

/** Headers and footers of all sections of a Word document, each text once. */
final class DocMargins {
  /** The lines that separate footnotes and endnotes from the text. */
  private static final int SEPARATORS = 6;

  private static final int PARTS = 6;
  private static final Set<Integer> HEADERS = Set.of(0, 1, 4);
  private static final Pattern PAGE_NUMBER =
      Pattern.compile("[\\s\\d/|·—–-]*|(?i:(?:page|seite|第)?\\s*\\d+\\s*(?:页|頁|of \\d+)?)");

  private final Set<String> headers = new LinkedHashSet<>();
  private final Set<String> footers = new LinkedHashSet<>();

  DocMargins(HWPFDocument document, DocWords words) {
    FileInformationBlock head = document.getFileInformationBlock();
    if (head.getPlcfHddSize() == 0) {
      return;
    }
    PlexOfCps parts =
        new PlexOfCps(document.getTableStream(), head.getPlcfHddOffset(), head.getPlcfHddSize(), 0);
    Range all = document.getHeaderStoryRange();
    for (int i = SEPARATORS; i < parts.length(); i++) {
      int start = all.getStartOffset() + parts.getProperty(i).getStart();
      int end = all.getStartOffset() + parts.getProperty(i).getEnd();
      if (end > start && end <= all.getEndOffset()) {
        boolean header = HEADERS.contains((i - SEPARATORS) % PARTS);
        add(new Range(start, end, document), words, header ? headers : footers);
      }
    }
  }

  private static void add(Range part, DocWords words, Set<String> texts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < part.numParagraphs(); i++) {
      Paragraph paragraph = part.getParagraph(i);
      text.append(words.of(paragraph)).append(paragraph.isInTable() ? ' ' : '\n');
    }
    String shown = CleanText.running(text.toString());
    if (!PAGE_NUMBER.matcher(shown).matches()) {
      texts.add(shown);
    }
  }

  List<String> headers() {
    return new ArrayList<>(headers);
  }

  List<String> footers() {
    return new ArrayList<>(footers);
  }
}
